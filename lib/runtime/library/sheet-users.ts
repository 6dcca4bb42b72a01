import type { Graph } from "../../protocol/graph.ts";
import type { SheetUserList } from "../../protocol/library.ts";
import { parseSheetRef } from "../../protocol/sheet-ref.ts";
import type { Registry } from "../../sdk/registry.ts";
import type { Journal } from "../ports.ts";
import { sheetSettings } from "./sheet-settings.ts";

/** Saved graphs and templates that are looked through; a studio has hundreds. */
const MOST = 2000;
const PAGE = 200;

type Reader = Pick<Journal, "listGraphs" | "loadGraph" | "getGraph" | "templates" | "library">;

/** Which graphs as they are saved now, published templates and other sheets name a sheet. */
export async function sheetUsers(journal: Reader, registry: Registry, id: string): Promise<SheetUserList> {
  const graphs: SheetUserList["graphs"] = [];
  const look = (graph: Graph | undefined, template?: number) => {
    const found = graph ? sheetSettings(registry, graph).filter(({ ref }) => parseSheetRef(ref)?.id === id) : [];
    if (!graph || found.length === 0) return;
    graphs.push({
      graphId: graph.id,
      name: graph.name,
      refs: [...new Set(found.map(({ ref }) => ref))],
      nodes: new Set(found.map(({ nodeId }) => nodeId)).size,
      ...(template === undefined ? {} : { template }),
    });
  };
  for await (const { id: graphId } of paged((after) => journal.listGraphs({ limit: PAGE, after })))
    look((await journal.loadGraph(graphId))?.graph);
  for await (const row of paged((after) => journal.templates.list({ limit: PAGE, after })))
    look(await journal.getGraph(row.graphHash), row.revision);
  const sheets = await Promise.all(
    (await journal.library.sheetsExtending(id)).map(async (version) => ({
      id: version.sheetId,
      name: (await journal.library.sheet(version.sheetId))?.name ?? version.sheetId,
      ref: version.extends ?? id,
    })),
  );
  return { graphs, sheets };
}

async function* paged<T extends { id: string }>(read: (after?: string) => Promise<T[]>): AsyncGenerator<T> {
  let after: string | undefined;
  for (let seen = 0; seen < MOST; ) {
    const rows = await read(after);
    yield* rows;
    seen += rows.length;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id;
  }
}
