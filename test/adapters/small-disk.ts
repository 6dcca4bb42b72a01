import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type SmallDisk = { folder: string; readOnly(): void; remove(): void };

/** A real file system of a few MiB, where the machine lets us mount one (Linux, as root); undefined elsewhere. */
export function smallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "small-disk-"));
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: "ignore" });
  try {
    run("mount", "-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder);
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    folder,
    readOnly: () => run("mount", "-o", "remount,ro", folder),
    remove() {
      run("umount", "-l", folder);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whether `smallDisk` works here. */
export const canMount = (() => {
  const disk = smallDisk(1);
  disk?.remove();
  return disk !== undefined;
})();
