import type { SheetSample } from "../../protocol/library.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import type { SheetEntry, SheetsAdopted } from "../../protocol/sheet-file.ts";
import { formatSheetRef, parseSheetRef } from "../../protocol/sheet-ref.ts";
import type { AssetStore, Library } from "../ports.ts";
import { checkSheetWords } from "./check-draft.ts";
import { contentHash, effectiveSheet } from "./resolve-sheet.ts";

type Ports = { library: Library; assets: Pick<AssetStore, "has"> };

/**
 * Takes sheets from a file or a bundle into the library, parents first, so that what extends them can name them as they are called here. A sheet that
 * is there with the very same content stays; an id nobody has is taken over with its version number; one that is another sheet's becomes a fresh
 * id, or with `replace` its next version. Pictures that are nowhere are left out and named. Throws InvalidError
 * SECRET_IN_SHEET, SHEET_CYCLE, StepError SHEET_UNKNOWN for a parent that is neither in the file nor here.
 */
export async function adoptSheets(
  { library, assets }: Ports,
  entries: readonly SheetEntry[],
  options: { replace?: boolean; pictures?: ReadonlyMap<string, SheetSample["asset"]> } = {},
): Promise<SheetsAdopted> {
  const secrets = entries.flatMap(checkSheetWords);
  if (secrets.length > 0) throw new InvalidError(secrets);
  const adopted: SheetsAdopted = { refs: {}, sheets: [], missing: [] };
  const called = new Map<string, string>();
  /** Made just now: another version of the same sheet belongs to it. */
  const mine = new Set<string>();
  const rename = (ref: string): string => {
    const parsed = parseSheetRef(ref);
    if (!parsed) return ref;
    const exact = called.get(formatSheetRef(parsed));
    const id = called.get(parsed.id);
    return exact ?? (id === undefined ? ref : formatSheetRef({ ...parsed, id }));
  };
  for (const entry of parentsFirst(entries)) {
    const samples: SheetSample[] = [];
    for (const sample of entry.samples) {
      const asset = options.pictures?.get(sample.asset) ?? sample.asset;
      if (await assets.has(asset)) samples.push({ ...sample, asset });
      else adopted.missing.push(sample.asset);
    }
    const words = { text: entry.text, samples, ...(entry.extends ? { extends: rename(entry.extends) } : {}) };
    const content = { ...words, hash: contentHash(words), note: entry.note };
    const made = await keep(library, entry, content, (id) => options.replace === true || mine.has(id));
    if (made.was !== "known") mine.add(made.id);
    const here = formatSheetRef({ id: made.id, version: made.version });
    called.set(`${entry.id}@${entry.sheetVersion}`, here);
    // Of several versions the last one is what a follower means.
    called.set(entry.id, made.id);
    adopted.refs[`${entry.id}@${entry.sheetVersion}`] = here;
    adopted.refs[entry.id] = made.id;
    adopted.sheets.push({ ...made, name: entry.name });
  }
  return adopted;
}

type Content = NonNullable<Parameters<Library["saveSheet"]>[0]["content"]>;
type Kept = { id: string; version: number; was: SheetsAdopted["sheets"][number]["was"] };

async function keep(
  library: Library,
  entry: SheetEntry,
  content: Content,
  mayAdd: (id: string) => boolean,
): Promise<Kept> {
  const { name, tags, sheetVersion: version } = entry;
  // A fresh id ends in a number; a hundred sheets of one name are not the same look any more.
  for (let number = 1; number < 100; number += 1) {
    const id = number === 1 ? entry.id : `${entry.id.slice(0, 60)}-${number}`;
    await effectiveSheet(library, { ...content, id }, { id });
    const known = await sameContent(library, id, content.hash);
    if (known !== undefined) return { id, version: known, was: "known" };
    const made = await library.saveSheet({ id, name, tags, content, version }, undefined);
    if (made && "saved" in made) return { id, version: made.saved.newest, was: number === 1 ? "made" : "renamed" };
    if (mayAdd(id)) {
      const next = await library.saveSheet({ id, content, version }, "any");
      if (next && "saved" in next) return { id, version: next.saved.newest, was: "added" };
    }
  }
  throw new Error(`No id is left for the sheet ${entry.id}.`);
}

/** The version of a sheet that says the very same, the newest of them. */
async function sameContent(library: Library, id: string, hash: string): Promise<number | undefined> {
  const rows = await library.sheetVersions(id, { limit: 200 });
  return rows.find((row) => row.hash === hash)?.version;
}

/** Each sheet after those it extends. Throws InvalidError SHEET_CYCLE, naming the circle. */
function parentsFirst(entries: readonly SheetEntry[]): SheetEntry[] {
  const byId = Map.groupBy(entries, ({ id }) => id);
  const ordered = new Set<SheetEntry>();
  const visit = (entry: SheetEntry, way: readonly string[]) => {
    if (ordered.has(entry)) return;
    const parent = parseSheetRef(entry.extends ?? "")?.id;
    if (parent !== undefined && way.includes(parent)) {
      const circle = [...way, parent].join(" → ");
      throw new InvalidError([problem("SHEET_CYCLE", `These sheets extend each other in a circle: ${circle}.`)]);
    }
    for (const one of byId.get(parent ?? "") ?? []) visit(one, [...way, one.id]);
    ordered.add(entry);
  };
  for (const entry of entries.toSorted((a, b) => a.sheetVersion - b.sheetVersion)) visit(entry, [entry.id]);
  return [...ordered];
}
