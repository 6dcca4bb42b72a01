import { canonical } from "../../engine/canonical.ts";
import { StepError } from "../../protocol/failure.ts";
import type { ChainLink, EffectiveSheet, SheetContent, SheetSample } from "../../protocol/library.ts";
import { formatSheetRef, parseSheetRef, type SheetRef } from "../../protocol/sheet-ref.ts";
import { joinSections, type MergedSection, mergeSections, sheetSections } from "../../protocol/sheet-text.ts";
import { sha256 } from "../digest.ts";
import type { Library, SheetVersionRow } from "../ports.ts";

/** Sheets behind sheets, at most; more of them is a mistake nobody could follow. */
export const MOST_PARENTS = 8;
/** Pictures that go out with one sheet, at most (openai.md: a call takes 16 images). */
const MOST_SENT = 16;

export type Draft = SheetContent & { id?: string; name?: string; version?: number };
export type ResolvedSheet = EffectiveSheet & { id: string; name: string; version: number; newest: number };
type Reader = Pick<Library, "sheet" | "sheetVersion">;

/**
 * A sheet of the library as it goes out now: its own sections over those of the sheets it extends. Throws StepError SHEET_UNKNOWN, SHEET_CYCLE,
 * SHEET_TOO_DEEP, each naming the sheets it is about.
 */
export async function resolveSheet(library: Reader, ref: SheetRef): Promise<ResolvedSheet> {
  const [row, version] = await Promise.all([library.sheet(ref.id), library.sheetVersion(ref.id, ref.version)]);
  if (!row || !version) throw unknownSheet(ref);
  const facts = { id: row.id, name: row.name, version: version.version };
  return { ...(await effectiveSheet(library, { ...version, ...facts }, ref)), ...facts, newest: row.newest };
}

/** The same for words that are not saved yet. `ref` is how the draft itself is named. */
export async function effectiveSheet(library: Reader, draft: Draft, ref?: SheetRef): Promise<EffectiveSheet> {
  const own: ChainLink[] =
    draft.id === undefined
      ? []
      : [{ id: draft.id, name: draft.name ?? draft.id, version: draft.version ?? 1, follows: !ref?.version }];
  const parents = await parentsOf(library, draft, own);
  const oldestFirst = parents.map(({ content }) => content).reverse();
  let sections: MergedSection[] = [];
  for (const { text } of [...oldestFirst, draft]) sections = mergeSections(sections, sheetSections(text));
  const text = parents.length > 0 ? joinSections(sections) : draft.text.trim();
  const samples = distinct([...oldestFirst.flatMap((content) => content.samples), ...draft.samples]);
  return {
    text,
    hash: sheetHash(text, samples),
    samples,
    sections: parents.length > 0 ? sections : sections.map((section) => ({ ...section, from: "own" })),
    chain: [...own, ...parents.map(({ link }) => link)],
  };
}

/** Names what goes out: the words, and the pictures that are sent along. */
export const sheetHash = (text: string, samples: readonly SheetSample[]): string =>
  sha256(canonical({ text, samples: samples.filter(({ send }) => send) }));

/** The content of a version by name: what makes another version. */
export const contentHash = ({ text, extends: parent, samples }: SheetContent): string =>
  sha256(canonical({ text, parent, samples }));

type Parent = { link: ChainLink; content: SheetVersionRow };

/** The chain behind a sheet, the nearest first. */
async function parentsOf(library: Reader, draft: Draft, own: readonly ChainLink[]): Promise<Parent[]> {
  const chain: Parent[] = [];
  const way = own.map(({ id }) => id);
  let next = draft.extends;
  while (next) {
    const ref = parseSheetRef(next);
    if (!ref) throw unknownSheet({ id: next });
    if (way.includes(ref.id))
      throw new StepError(
        "SHEET_CYCLE",
        `These sheets extend each other in a circle: ${[...way, ref.id].join(" → ")}.`,
      );
    if (chain.length >= MOST_PARENTS)
      throw new StepError("SHEET_TOO_DEEP", `More than ${MOST_PARENTS} sheets stand behind ${way[0] ?? "this one"}.`);
    const [row, content] = await Promise.all([library.sheet(ref.id), library.sheetVersion(ref.id, ref.version)]);
    if (!row || !content) throw unknownSheet(ref, way.at(-1));
    way.push(ref.id);
    chain.push({ link: { id: ref.id, name: row.name, version: content.version, follows: !ref.version }, content });
    next = content.extends;
  }
  return chain;
}

/** A picture named again further down is meant as it is named there. */
function distinct(samples: readonly SheetSample[]): SheetSample[] {
  const found = new Map<string, SheetSample>();
  for (const sample of samples) found.set(sample.asset, sample);
  let sent = 0;
  return [...found.values()].map((sample) => (sample.send && ++sent > MOST_SENT ? { ...sample, send: false } : sample));
}

const unknownSheet = (ref: SheetRef, child?: string): StepError =>
  new StepError(
    "SHEET_UNKNOWN",
    `There is no spec sheet ${formatSheetRef(ref)} in the library${child === undefined ? "" : `, which ${child} extends`}. Import or save one under this name, or choose another.`,
  );
