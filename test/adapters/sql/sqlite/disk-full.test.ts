import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { explained, JournalDamaged } from "#lib/adapters/sql/sqlite/errors.ts";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { DiskFull } from "#lib/runtime/ports.ts";
import { aStep, held, skipped } from "#test/adapters/conformance/rows.ts";
import { canMount, smallDisk } from "#test/adapters/small-disk.ts";

it("tells a full, read-only or broken disk from a damaged file and from a bug", () => {
  const error = (errcode: number) => explained(Object.assign(new Error("x"), { errcode, errstr: "x" }), "f");
  for (const code of [13, 8, 10, 778, 1032]) expect(error(code)).toBeInstanceOf(DiskFull);
  for (const code of [11, 26, 267]) expect(error(code)).toBeInstanceOf(JournalDamaged);
  const constraint = Object.assign(new Error("x"), { errcode: 1555 });
  expect(explained(constraint, "f")).toBe(constraint);
  const bug = new TypeError("x");
  expect(explained(bug, "f")).toBe(bug);
});

it.skipIf(!canMount)(
  "ST-001 says DiskFull when the disk is full, loses nothing, and goes on when there is room",
  async () => {
    const disk = smallDisk(8)!;
    try {
      const ballast = join(disk.folder, "ballast");
      writeFileSync(ballast, Buffer.alloc(3_000_000));
      const journal = await openSqliteJournal({ folder: join(disk.folder, "data") });
      const epoch = await held(journal, "r");
      let written = 0;
      const write = () =>
        journal.write("r", epoch, {
          steps: [aStep(`n${written}`, { state: "done", outputs: {}, why: "x".repeat(20_000) })],
          events: [skipped(`n${written}`)],
        });
      const failure = await (async () => {
        for (; written < 5_000; written += 1) await write();
      })().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DiskFull);
      expect(failure).toMatchObject({ code: "DISK_FULL" });
      expect(await journal.steps("r")).toHaveLength(written);
      expect((await journal.getRun("r"))?.lastSeq).toBe(written);
      rmSync(ballast);
      await write();
      expect(await journal.steps("r")).toHaveLength(written + 1);
      expect(await journal.check()).toEqual({ ok: true, problems: [] });
      await journal.close();
    } finally {
      disk.remove();
    }
  },
);

it.skipIf(!canMount)("ST-003 says DiskFull when the disk has become read-only", async () => {
  const disk = smallDisk(8)!;
  try {
    const data = join(disk.folder, "data");
    const journal = await openSqliteJournal({ folder: data });
    await held(journal, "r");
    await journal.close();
    disk.readOnly();
    await expect(openSqliteJournal({ folder: data })).rejects.toThrow(DiskFull);
  } finally {
    disk.remove();
  }
});
