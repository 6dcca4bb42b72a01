import type { Sheet, SheetSample } from "../../protocol/library.ts";
import { sheetSections } from "../../protocol/sheet-text.ts";
import { type WordPiece, wordDiff } from "../editor/drafts/word-diff.ts";
import { count } from "../words.ts";

export type SheetState = Pick<Sheet, "text" | "samples"> & { extends?: string };

/** What is different between two versions: sentences first, then the words themselves. */
export type SheetDiff = { sentences: string[]; pieces: WordPiece[] };

export function sheetDiff(older: SheetState, newer: SheetState): SheetDiff {
  const sentences = [...parentWords(older.extends, newer.extends), ...sectionWords(older.text, newer.text)];
  return {
    sentences: [...sentences, ...sampleWords(older.samples, newer.samples)],
    pieces: wordDiff(older.text, newer.text),
  };
}

function parentWords(older: string | undefined, newer: string | undefined): string[] {
  if (older === newer) return [];
  if (!newer) return [`No longer extends ${older}.`];
  return [older ? `Extends ${newer} instead of ${older}.` : `Extends ${newer}.`];
}

const OPENING = "the opening";

function sectionWords(older: string, newer: string): string[] {
  const before = byTitle(older);
  const after = byTitle(newer);
  const added = [...after.keys()].filter((title) => !before.has(title));
  const gone = [...before.keys()].filter((title) => !after.has(title));
  const rewritten = [...after].flatMap(([title, { text }]) => {
    const was = before.get(title)?.text;
    return was !== undefined && was !== text ? [title] : [];
  });
  const names = (titles: string[], from: typeof after) =>
    listed(titles.map((title) => from.get(title)?.title || OPENING));
  return [
    ...(rewritten.length > 0 ? [`${capital(names(rewritten, after))} rewritten.`] : []),
    ...(added.length > 0 ? [`${capital(names(added, after))} added.`] : []),
    ...(gone.length > 0 ? [`${capital(names(gone, before))} removed.`] : []),
  ];
}

const byTitle = (text: string) =>
  new Map(sheetSections(text).map((section) => [section.title.trim().toLowerCase(), section]));

function sampleWords(older: readonly SheetSample[], newer: readonly SheetSample[]): string[] {
  const before = new Map(older.map((sample) => [sample.asset, sample]));
  const after = new Map(newer.map((sample) => [sample.asset, sample]));
  const added = newer.filter(({ asset }) => !before.has(asset)).length;
  const gone = older.filter(({ asset }) => !after.has(asset)).length;
  const sent = newer.filter(({ asset, send }) => before.has(asset) && before.get(asset)?.send !== send).length;
  const noted = newer.filter(
    ({ asset, note }) => before.has(asset) && (before.get(asset)?.note ?? "") !== (note ?? ""),
  );
  return [
    ...(added > 0 ? [`${count(added, "sample picture")} added.`] : []),
    ...(gone > 0 ? [`${count(gone, "sample picture")} removed.`] : []),
    ...(sent > 0 ? [`${count(sent, "sample picture")} sent along or no longer sent.`] : []),
    ...(noted.length > 0 ? [`${count(noted.length, "note")} on sample pictures changed.`] : []),
  ];
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
