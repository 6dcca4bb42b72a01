import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { passOn } from "./chain.ts";

const keyOf = (text: string, details: string) =>
  createHash("sha256").update(JSON.stringify({ text, details })).digest("hex");

/** What one would write for this one chain and nothing else: a loop and a Map. Survives nothing. Total ms. */
export async function loopWithMap(length: number, salt: string): Promise<number> {
  const cache = new Map<string, string>();
  const began = performance.now();
  let text = `A trail shoe on wet rock, ${salt}`;
  for (let index = 1; index < length; index += 1) {
    const key = keyOf(text, `step ${index}`);
    const known = cache.get(key);
    if (known === undefined) {
      text = (await Promise.resolve(passOn(text, `step ${index}`))).text;
      cache.set(key, text);
    } else text = known;
  }
  return performance.now() - began;
}

/** The same loop with one durable row per step: what the disk alone asks for, before any engine. Total ms. */
export async function loopWithRows(length: number, salt: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "throughline-bench-rows-"));
  const db = new DatabaseSync(join(folder, "rows.sqlite"));
  try {
    db.exec(
      "pragma journal_mode = wal; pragma synchronous = full; create table result (key text primary key, text text)",
    );
    const find = db.prepare("select text from result where key = ?");
    const keep = db.prepare("insert into result values (?, ?)");
    const began = performance.now();
    let text = `A trail shoe on wet rock, ${salt}`;
    for (let index = 1; index < length; index += 1) {
      const key = keyOf(text, `step ${index}`);
      const known = find.get(key) as { text: string } | undefined;
      text = known?.text ?? (await Promise.resolve(passOn(text, `step ${index}`))).text;
      if (!known) keep.run(key, text);
    }
    return performance.now() - began;
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
