import { expect, test } from "vitest";
import { createDiskRoom } from "#lib/adapters/files/disk-room.ts";
import { DiskFull } from "#lib/runtime/ports.ts";

const GiB = 2 ** 30;
const MiB = 2 ** 20;
const of = (free: number, total: number) =>
  createDiskRoom("/data", { monotonic: () => 0 }, async () => ({ free, total }));

test("a large disk keeps one GiB free, a small one a twentieth of itself", async () => {
  await expect(of(GiB, 500 * GiB)()).resolves.toBeUndefined();
  await expect(of(GiB - 1, 500 * GiB)()).rejects.toThrow(DiskFull);
  await expect(of(4 * MiB, 64 * MiB)()).resolves.toBeUndefined();
  await expect(of(3 * MiB, 64 * MiB)()).rejects.toThrow(/Only 3 MiB are free on the disk of \/data.*resume the run/);
});

test("a disk that cannot be asked has room, and the real one of this folder can be asked", async () => {
  const deaf = createDiskRoom("/data", { monotonic: () => 0 }, () => Promise.reject(new Error("not here")));
  await expect(deaf()).resolves.toBeUndefined();
  let seen = 0;
  const { statfs } = await import("node:fs/promises");
  const room = createDiskRoom(import.meta.dirname, { monotonic: () => 0 }, async (path) => {
    const { bavail, bsize } = await statfs(path);
    seen = bavail * bsize;
    return { free: GiB, total: GiB };
  });
  await room();
  expect(seen).toBeGreaterThan(0);
});

test("a look holds for a second, and room is seen again when it is back", async () => {
  let now = 0;
  let free = 0;
  let looks = 0;
  const room = createDiskRoom("/data", { monotonic: () => now }, async () => {
    looks += 1;
    return { free, total: 500 * GiB };
  });
  await expect(room()).rejects.toThrow(DiskFull);
  free = 10 * GiB;
  now = 900;
  await expect(room()).rejects.toThrow(DiskFull);
  now = 1_100;
  await expect(room()).resolves.toBeUndefined();
  expect(looks).toBe(2);
});
