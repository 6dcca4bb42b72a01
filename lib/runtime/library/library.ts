import { StepError } from "../../protocol/failure.ts";
import type { Sheet, SheetDraft } from "../../protocol/library.ts";
import { type MicroUsd, toMicro } from "../../protocol/money.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import { sheetIdOf } from "../../protocol/sheet-ref.ts";
import type { Registry } from "../../sdk/registry.ts";
import type { Zip } from "../ports/zip.ts";
import type { AssetStore, FolderWriter, ImageOps, Journal, SheetRow } from "../ports.ts";
import type { Studio } from "../studio-api.ts";
import { storeUpload } from "../upload.ts";
import { adoptSheets } from "./adopt-sheets.ts";
import { checkSheetLength, checkSheetWords } from "./check-draft.ts";
import { distilGraph } from "./distil.ts";
import type { LibraryDesk, SheetChange } from "./library-api.ts";
import { contentHash, effectiveSheet } from "./resolve-sheet.ts";
import { entriesOf, readSheetBytes, sheetFile, sheetFileText, sheetZip } from "./sheet-files.ts";
import { renameSheets, sheetSettings } from "./sheet-settings.ts";
import { sheetUsers } from "./sheet-users.ts";
import { findSheets } from "./sheet-uses.ts";
import { etagOf, sheetSummary, sheetView, versionSummary } from "./sheet-view.ts";

export type LibraryPorts = {
  journal: Journal;
  assets: AssetStore;
  ops: ImageOps;
  registry: Registry;
  zip: Zip;
  folderWriter: FolderWriter;
  studio: Pick<Studio, "startRun" | "estimate">;
};

/** The library people work with, over the store of sheets. */
export function createLibrary(ports: LibraryPorts): LibraryDesk {
  const { journal, assets, registry, zip, studio } = ports;
  const { library } = journal;

  const viewOf = async (row: SheetRow, version?: number): Promise<Sheet> => {
    const found = await library.sheetVersion(row.id, version);
    if (!found) throw new InvalidError([problem("SHEET_UNKNOWN", `There is no version ${version} of ${row.id}.`)]);
    return await sheetView(library, row, found);
  };

  /** Refuses what cannot be kept: keys, missing pictures, circles, parents that are not there. */
  const content = async (draft: SheetDraft, id: string | undefined) => {
    const problems = checkSheetWords(draft);
    for (const [index, { asset }] of draft.samples.entries())
      if (!(await assets.has(asset)))
        problems.push(problem("ASSET_MISSING", "A sample picture is not in the store.", { field: `samples.${index}` }));
    try {
      const { text } = await effectiveSheet(library, { ...draft, id, name: draft.name }, { id: id ?? "" });
      problems.push(...checkSheetLength(text));
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      problems.push(problem(error.code, error.message, { field: "extends" }));
    }
    if (problems.length > 0) throw new InvalidError(problems);
    const { text, extends: parent, samples, note, madeFrom } = draft;
    const words = { text, samples, ...(parent ? { extends: parent } : {}) };
    return { ...words, hash: contentHash(words), note, madeFrom };
  };

  /** Asks about `If-Match` first and then lets the store decide: it may change in between. */
  const change = async (
    id: string,
    ifMatch: string | undefined,
    write: (row: SheetRow) => Promise<Omit<Parameters<typeof library.saveSheet>[0], "id"> | undefined>,
  ): Promise<SheetChange> => {
    const row = await library.sheet(id);
    if (!row) return "unknown";
    if (ifMatch === undefined) return { needsMatch: await viewOf(row) };
    if (ifMatch !== "*" && ifMatch !== etagOf(row)) return { conflict: await viewOf(row) };
    const wanted = await write(row);
    if (!wanted) return "unknown";
    const answer = await library.saveSheet({ id, ...wanted }, ifMatch === "*" ? "any" : row.revision);
    if (!answer) return "unknown";
    if ("conflict" in answer) return { conflict: await viewOf(answer.conflict) };
    return { saved: await viewOf(answer.saved), added: answer.added };
  };

  return {
    async list({ q, tag, archived = false, limit, before }) {
      const [rows, tags] = await Promise.all([
        library.sheets({ words: q, tag, archived, limit: limit + 1, before }),
        library.sheetTags(),
      ]);
      const shown = rows.slice(0, limit);
      const sheets = await Promise.all(
        shown.map(async (row) => sheetSummary(row, await library.sheetVersion(row.id, row.newest))),
      );
      return { sheets, tags, ...(rows.length > shown.length ? { next: shown.at(-1)?.id } : {}) };
    },

    async read(id, version) {
      const [row, found] = await Promise.all([library.sheet(id), library.sheetVersion(id, version)]);
      return row && found && (await sheetView(library, row, found));
    },

    versions: async (id, page) => (await library.sheetVersions(id, page)).map(versionSummary),

    async create(draft) {
      const base = sheetIdOf(draft.name);
      if (base === "")
        throw new InvalidError([
          problem("SHEET_NAME", "A name needs at least one letter or digit.", { field: "name" }),
        ]);
      for (let number = 1; ; number += 1) {
        const id = number === 1 ? base : `${base.slice(0, 58)}-${number}`;
        if (await library.sheet(id)) continue;
        const { name, tags } = draft;
        const made = await library.saveSheet({ id, name, tags, content: await content(draft, id) }, undefined);
        if (made && "saved" in made) return await viewOf(made.saved);
      }
    },

    save: (id, draft, ifMatch) =>
      change(id, ifMatch, async () => ({ name: draft.name, tags: draft.tags, content: await content(draft, id) })),

    rollBack: (id, version, note, ifMatch) =>
      change(id, ifMatch, async () => {
        const old = await library.sheetVersion(id, version);
        if (!old) return undefined;
        const { text, extends: parent, samples, hash } = old;
        const words = { text, samples, ...(parent ? { extends: parent } : {}) };
        return { content: { ...words, hash, note: note || `Back to version ${version}` } };
      }),

    archive: (id, archived, ifMatch) => change(id, ifMatch, async () => ({ archived })),

    async preview({ text, extends: parent, id, samples = [] }) {
      const row = id === undefined ? undefined : await library.sheet(id);
      const shown = samples.map((sample) => ({ ...sample, send: sample.send ?? false }));
      const draft = { text, samples: shown, ...(parent ? { extends: parent } : {}) };
      return await effectiveSheet(library, { ...draft, id, name: row?.name }, { id: id ?? "" });
    },

    users: (id) => sheetUsers(journal, registry, id),

    async exportFile(id, version) {
      return sheetFile(await entriesOf(library, { id, version }));
    },
    async exportZip(id, version) {
      return sheetZip(zip, assets, sheetFile(await entriesOf(library, { id, version })));
    },

    async exportTo(folder, ref, as) {
      const file = sheetFile(await entriesOf(library, ref));
      const content = async () => {
        if (as === "json") return sheetFileText(file);
        const parts: Uint8Array[] = [];
        for await (const part of sheetZip(zip, assets, file)) parts.push(part);
        return Buffer.concat(parts);
      };
      return await ports.folderWriter.write(folder, [{ name: `${file.sheet.id}.sheet.${as}`, content }]);
    },

    async importBytes(bytes, { replace }) {
      const { entries, pictures } = await readSheetBytes(zip, bytes);
      const stored = new Map<string, string>();
      // Pictures from outside are made safe like every upload, and may get another name by it.
      for (const [asset, picture] of pictures)
        stored.set(asset, (await assets.has(asset)) ? asset : (await storeUpload(ports, picture)).asset);
      return await adoptSheets({ library, assets }, entries, { replace, pictures: stored });
    },

    async forGraph(graph) {
      const found = new Map<string, Awaited<ReturnType<typeof entriesOf>>[number]>();
      const { uses } = await findSheets(library, sheetSettings(registry, graph));
      for (const { id, version } of uses)
        for (const entry of await entriesOf(library, { id, version }))
          found.set(`${entry.id}@${entry.sheetVersion}`, entry);
      return [...found.values()];
    },
    adopt: (entries, options) => adoptSheets({ library, assets }, entries, options),
    renamed: (graph, refs) => renameSheets(registry, graph, refs),
    uses: (graph) => findSheets(library, sheetSettings(registry, graph)),

    async distilPrice(body) {
      const { costUsd, calls, simulated } = await studio.estimate({ graph: await distilGraph(ports, body) });
      return { costUsd, calls, cached: calls === 0, simulated };
    },
    async distil(body) {
      const budgetMicro: MicroUsd | null | undefined =
        body.budgetUsd === undefined || body.budgetUsd === null ? body.budgetUsd : toMicro(body.budgetUsd);
      const { runId } = await studio.startRun({ graph: await distilGraph(ports, body), budgetMicro });
      return { runId };
    },
  };
}
