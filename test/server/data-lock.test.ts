import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DataFolderTaken, lockDataFolder } from "#lib/server/data-lock.ts";

const folderName = () => join(mkdtempSync(join(tmpdir(), "lock-")), "data");
const source = new URL("../../lib/server/data-lock.ts", import.meta.url).href;
const holder = async (folder: string) => {
  const code = `const { lockDataFolder } = await import(${JSON.stringify(source)}); lockDataFolder(${JSON.stringify(folder)}); console.log("locked"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
};

it("PF-005 a second server on one folder is refused with the process of the first, and may start once that was killed", async () => {
  const folder = folderName();
  const child = await holder(folder);
  try {
    expect(() => lockDataFolder(folder)).toThrow(DataFolderTaken);
    expect(() => lockDataFolder(folder)).toThrow(`process ${child.pid}`);
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  lockDataFolder(folder)();
});

it("a process id left behind keeps nobody out", () => {
  const folder = folderName();
  lockDataFolder(folder)();
  writeFileSync(join(folder, "server.pid"), "1\n");
  const unlock = lockDataFolder(folder);
  unlock();
});

it("SC-008 the folder is made for its owner alone", () => {
  const folder = folderName();
  lockDataFolder(folder)();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});
