import { randomBytes } from "node:crypto";
import type { Journal } from "../ports.ts";

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** The id itself while nobody has it, neither a graph nor a template, else the same with five letters of chance. */
export async function freeId(journal: Pick<Journal, "loadGraph" | "templates">, wanted: string): Promise<string> {
  for (let id = wanted; ; id = `${wanted.slice(0, 90)}-${tail()}`) {
    const taken = (await journal.loadGraph(id)) ?? (await journal.templates.revisions(id, { limit: 1 }))[0];
    if (!taken) return id;
  }
}

const tail = (): string => [...randomBytes(5)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
