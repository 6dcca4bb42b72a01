import { wordsOf } from "#lib/protocol/search-words.ts";

/** Most words of one entry that are kept to be found: prompts of a long conversation repeat themselves. */
const MOST_WORDS = 6000;

/** What an entry is found by, the weightiest first: how it is called, what it is about, what was said to make it. Words only. */
export type EntryTexts = [called: string, about: string, said: string];

type Described = {
  name: string;
  title?: string;
  alt?: string;
  collection?: string;
  tags: readonly string[];
  record: Record<string, unknown>;
};

/** The words of an entry, in three parts. */
export function entryTexts({ name, title, alt, collection, tags, record }: Described): EntryTexts {
  const about = [collection, ...tags, record.label, pick(record.graph, "name"), pick(record.run, "inputs")];
  const made = record.made as Record<string, unknown> | undefined;
  const said = [
    made?.prompt,
    made?.revisedPrompt,
    record.prompt,
    pick(made?.spec, "name"),
    pick(made?.spec, "text"),
    ...list(record.sheets).flatMap((sheet) => [pick(sheet, "name"), pick(sheet, "text")]),
    ...list(record.calls).flatMap((call) => {
      const sent = pick(call, "sent");
      return [pick(sent, "prompt"), pick(pick(call, "given"), "revisedPrompts")];
    }),
    ...list(record.lineage).flatMap((picture) => [
      pick(picture, "note"),
      pick(picture, "label"),
      pick(pick(picture, "made"), "prompt"),
      pick(pick(picture, "made"), "revisedPrompt"),
    ]),
    ...list(record.verdicts).map((verdict) => pick(verdict, "notes")),
    ...list(record.answers).map((answer) => pick(pick(answer, "answer"), "notes")),
  ];
  return [words([title, name, alt]), words(about), words([...new Set([...strings(said)])])];
}

/** All of it as one text that can be searched with `like`: words between single spaces, the parts apart. */
export const plainWords = (texts: EntryTexts): string => ` ${texts.join(" · ")} `;

const words = (values: readonly unknown[]): string =>
  wordsOf([...strings(values)].join(" \n "))
    .slice(0, MOST_WORDS)
    .join(" ");

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const pick = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/** Every text in a value, however deep; names of assets are no words. */
function* strings(value: unknown): Generator<string> {
  if (typeof value === "string") {
    if (!value.startsWith("sha256:")) yield value;
  } else if (value && typeof value === "object") for (const inner of Object.values(value)) yield* strings(inner);
}
