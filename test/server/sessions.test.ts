import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createSessions } from "#lib/server/sessions.ts";

const now = () => 1_800_000_000_000;
const fileName = () => join(mkdtempSync(join(tmpdir(), "sessions-")), "data", "sessions.json");

it("PF-003 a browser stays signed in over a restart", () => {
  const file = fileName();
  const id = createSessions({ file, now }).open();
  expect(createSessions({ file, now }).check(id)).toBeDefined();
});

it("only hashes are kept, in a file for its owner alone", () => {
  const file = fileName();
  const id = createSessions({ file, now }).open();
  expect(readFileSync(file, "utf8")).not.toContain(id);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("a changed token ends every session", () => {
  const file = fileName();
  const id = createSessions({ file, token: "old", now }).open();
  expect(createSessions({ file, token: "new", now }).check(id)).toBeUndefined();
  expect(createSessions({ file, token: "old", now }).check(id)).toBeDefined();
});

it("a closed session stays closed over a restart", () => {
  const file = fileName();
  const sessions = createSessions({ file, now });
  const id = sessions.open();
  sessions.close(id);
  expect(createSessions({ file, now }).check(id)).toBeUndefined();
});

it("a damaged file only means to sign in again", () => {
  const file = fileName();
  const id = createSessions({ file, now }).open();
  writeFileSync(file, "{ half");
  const sessions = createSessions({ file, now });
  expect(sessions.check(id)).toBeUndefined();
  expect(sessions.check(sessions.open())).toBeDefined();
});

it("two sessions are told apart by a name that is not their id", () => {
  const sessions = createSessions({ now });
  const [a, b] = [sessions.open(), sessions.open()];
  expect(sessions.check(a)).not.toBe(sessions.check(b));
  expect(a).not.toContain(sessions.check(a) ?? "?");
});
