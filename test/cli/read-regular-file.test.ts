import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRegularFile } from "#lib/cli/read-regular-file.ts";

const cwd = mkdtempSync(join(tmpdir(), "cli-files-"));
const read = (path: string, maxBytes = 1000) => readRegularFile(path, { cwd, maxBytes, what: "Graph" });

describe("CLI-002 only regular files of a bounded size are read", () => {
  test("a file, also behind a link, relative to the working folder", async () => {
    writeFileSync(join(cwd, "a.json"), "{}");
    symlinkSync("a.json", join(cwd, "link.json"));
    expect((await read("a.json")).toString()).toBe("{}");
    expect((await read("link.json")).toString()).toBe("{}");
  });

  test("a device, a pipe that nobody writes, a folder, a circle of links, a missing file", async () => {
    execFileSync("mkfifo", [join(cwd, "pipe")]);
    mkdirSync(join(cwd, "folder"));
    symlinkSync("loop", join(cwd, "loop"));
    for (const path of ["/dev/zero", "pipe", "folder"]) {
      await expect(read(path), path).rejects.toMatchObject({ code: "NOT_A_FILE" });
    }
    for (const path of ["loop", "missing", "a.json/b"]) {
      await expect(read(path), path).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
    }
  });

  test("exactly the limit is read, one byte more is not, and a huge file is not opened up", async () => {
    writeFileSync(join(cwd, "limit"), Buffer.alloc(1000));
    writeFileSync(join(cwd, "over"), Buffer.alloc(1001));
    writeFileSync(join(cwd, "huge"), "");
    truncateSync(join(cwd, "huge"), 5 * 1024 ** 3);
    expect(await read("limit")).toHaveLength(1000);
    await expect(read("over")).rejects.toMatchObject({ code: "FILE_TOO_LARGE" });
    await expect(read("huge")).rejects.toMatchObject({ code: "FILE_TOO_LARGE" });
  });
});
