import { chmod, mkdir, open, stat } from "node:fs/promises";

/** Prompts and pictures are the owner's business: nobody else on the machine may look. Windows keeps its own rules. */
async function tighten(path: string, mode: number): Promise<void> {
  if (process.platform === "win32") return;
  const { mode: actual } = await stat(path);
  if (actual & 0o777 & ~mode) await chmod(path, actual & mode);
}

/** Makes a folder that only its owner can enter, or closes one that is open to others. */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await tighten(path, 0o700);
}

/** The same for a file, which is created empty when it is not there. SQLite gives its companions the mode of the main file. */
export async function privateFile(path: string): Promise<void> {
  await (await open(path, "a", 0o600)).close();
  await tighten(path, 0o600);
}
