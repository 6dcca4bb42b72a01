import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { refused } from "#lib/adapters/files/disk-errors.ts";
import { createFileAssets } from "#lib/adapters/files/file-assets.ts";
import { type AssetStore, DiskFull } from "#lib/runtime/ports.ts";
import { canMount, smallDisk } from "#test/adapters/small-disk.ts";

let folder: string;
let assets: AssetStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "assets-"));
  assets = createFileAssets({ folder });
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
const nameOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

it("SC-008 puts an asset where the contract says, for its owner's eyes only", async () => {
  await assets.put(Buffer.from("hello"));
  const path = join(folder, "assets", "2c", HELLO);
  expect(assets.path(`sha256:${HELLO}`)).toBe(path);
  expect(await modeOf(path)).toBe(0o600);
  expect(await modeOf(dirname(path))).toBe(0o700);
  expect(await modeOf(join(folder, "assets"))).toBe(0o700);
  expect(assets.path("sha256:../../../etc/passwd")).toBeUndefined();
});

it("leaves no temp file behind, whether a put succeeds or fails", async () => {
  await assets.put(Buffer.from("hello"));
  const blocked = assets.path(nameOf("blocked"))!;
  await mkdir(blocked, { recursive: true });
  await writeFile(join(blocked, "x"), "");
  await expect(assets.put(Buffer.from("blocked"))).rejects.toThrow();
  expect(await readdir(join(folder, "assets", "tmp"))).toEqual([]);
});

it("writes an asset anew whose file was cut short", async () => {
  const { asset } = await assets.put(Buffer.from("hello"));
  await truncate(assets.path(asset)!, 2);
  await expect(assets.get(asset)).rejects.toThrow(/damaged/);
  expect(await assets.put(Buffer.from("hello"))).toEqual({ asset, known: false });
  expect(await assets.get(asset)).toEqual(Buffer.from("hello"));
});

it("makes a known asset young again, so that a collector spares it", async () => {
  const { asset } = await assets.put(Buffer.from("hello"));
  await utimes(assets.path(asset)!, 1_000, 1_000);
  const before = Date.now();
  await assets.put(Buffer.from("hello"));
  for await (const entry of assets.list()) expect(entry.modifiedAt).toBeGreaterThan(before - 5_000);
});

it("ST-009 sweeps temp files left by a killed process, but none that may be in use", async () => {
  await assets.put(Buffer.from("hello"));
  const temp = join(folder, "assets", "tmp");
  for (const name of ["old-1", "old-2", "young"]) await writeFile(join(temp, name), "half");
  const hoursAgo = Date.now() / 1000 - 7_200;
  for (const name of ["old-1", "old-2"]) await utimes(join(temp, name), hoursAgo, hoursAgo);
  expect(await assets.sweep(3_600_000)).toBe(2);
  expect(await readdir(temp)).toEqual(["young"]);
});

it("lists assets only, whatever else lies in the folder", async () => {
  const { asset } = await assets.put(Buffer.from("hello"));
  await writeFile(join(folder, "assets", "README"), "");
  await writeFile(join(folder, "assets", "2c", "notes.txt"), "");
  await mkdir(join(folder, "assets", "zz"));
  await writeFile(join(folder, "assets", "zz", HELLO), "");
  const found = [];
  for await (const entry of assets.list()) found.push(entry.asset);
  expect(found).toEqual([asset]);
});

it("ST-003 takes every refusal of the disk for DiskFull, and nothing else", () => {
  for (const code of ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO"])
    expect(refused(Object.assign(new Error(code), { code }), "p")).toBeInstanceOf(DiskFull);
  const other = Object.assign(new Error("EMFILE"), { code: "EMFILE" });
  expect(refused(other, "p")).toBe(other);
});

it.skipIf(!canMount)(
  "ST-001 says DiskFull when there is no room, stores nothing half, and works again with room",
  async () => {
    const disk = smallDisk(2)!;
    try {
      const small = createFileAssets({ folder: disk.folder });
      const kept = await small.put(Buffer.alloc(500_000, 1));
      await expect(small.put(Buffer.alloc(3_000_000, 2))).rejects.toThrow(DiskFull);
      const found = [];
      for await (const entry of small.list()) found.push(entry.asset);
      expect(found).toEqual([kept.asset]);
      expect(await readdir(join(disk.folder, "assets", "tmp"))).toEqual([]);
      expect(await small.put(Buffer.alloc(600_000, 3))).toMatchObject({ known: false });
      disk.readOnly();
      await expect(small.put(Buffer.from("more"))).rejects.toThrow(DiskFull);
      expect(await small.get(kept.asset)).toHaveLength(500_000);
    } finally {
      disk.remove();
    }
  },
);
