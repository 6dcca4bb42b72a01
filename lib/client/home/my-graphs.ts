import type * as z from "zod";
import type { Graph } from "../../protocol/graph.ts";
import type { GraphList, GraphSummary, RunList } from "../../protocol/http.ts";
import type { RunDocument } from "../../protocol/run.ts";
import type { ImageValue, Value } from "../../protocol/values.ts";
import { callApi } from "../call-api.ts";
import { createGraphServer, type GraphServer } from "../editor/drafts/graph-server.ts";
import { freshId, stemOf } from "./fresh-id.ts";

/** A saved graph as a list shows it. */
export type SavedGraph = z.infer<typeof GraphSummary>;
type Page = z.infer<typeof GraphList>;

const path = (id: string): string => `/api/graphs/${encodeURIComponent(id)}`;
const PAGE = 200;

/** Every saved graph, the one changed last first. */
export async function loadMyGraphs(read: (path: string) => Promise<Page> = callApi): Promise<SavedGraph[]> {
  const all: SavedGraph[] = [];
  for (let after = ""; ; ) {
    const page = await read(`/api/graphs?limit=${PAGE}${after && `&after=${encodeURIComponent(after)}`}`);
    all.push(...page.graphs);
    if (page.next === undefined) return all.sort((a, b) => b.updatedAt - a.updatedAt || a.id.localeCompare(b.id));
    after = page.next;
  }
}

/** Those whose name or id holds every word that was typed. */
export function searchGraphs<T extends { id: string; name: string }>(graphs: readonly T[], typed: string): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return graphs.filter(({ id, name }) => words.every((word) => `${name} ${id}`.toLowerCase().includes(word)));
}

/** What stands for a graph: the last picture of its newest run that has one, else the document itself. */
export async function loadFace(id: string): Promise<{ picture?: ImageValue; graph?: Graph }> {
  const { runs } = await callApi<RunList>(`/api/runs?limit=1&graphId=${encodeURIComponent(id)}`);
  const [run] = runs;
  const picture = run && lastPicture(await callApi<RunDocument>(`/api/runs/${run.runId}`));
  return picture ? { picture } : { graph: await callApi<Graph>(path(id)) };
}

/** The picture that stands for a run: the last one that left a node as its first output, else the last of any. */
export function lastPicture(run: Pick<RunDocument, "outputs">): ImageValue | undefined {
  const ports = Object.values(run.outputs);
  const pictures = (lists: Value[][]) => lists.flat().filter((value) => value.kind === "image");
  return (
    pictures(ports.flatMap((port) => Object.values(port).slice(0, 1))).at(-1) ??
    pictures(ports.flatMap((port) => Object.values(port))).at(-1)
  );
}

/** Gives a graph another name. Throws Error with a sentence when it is gone or was changed in this very moment. */
export async function renameGraph(id: string, name: string, server: GraphServer = createGraphServer()): Promise<void> {
  const found = await server.load(id);
  if (!found) throw new Error("This graph is gone.");
  const answer = await server.save(id, { ...found.graph, name }, found.etag);
  if ("refused" in answer) throw new Error(answer.refused);
  if ("conflict" in answer) throw new Error("Somebody changed this graph in this very moment. Try again.");
}

/** Makes a copy and gives its id. */
export async function duplicateGraph(id: string, server: GraphServer = createGraphServer()): Promise<string> {
  const found = await server.load(id);
  if (!found) throw new Error("This graph is gone.");
  return saveAsNew({ ...found.graph, name: copyName(found.graph.name) }, server);
}

/** Saves a document under an id nobody has and gives the id. */
export async function saveAsNew(graph: Graph, server: GraphServer = createGraphServer()): Promise<string> {
  const id = freshId(stemOf(graph.id));
  const answer = await server.save(id, { ...graph, id }, undefined);
  if ("refused" in answer) throw new Error(answer.refused);
  return "conflict" in answer ? saveAsNew(graph, server) : id;
}

/** Deletes a graph and gives how to have it back: the same document under the same id. */
export async function deleteGraph(id: string, server: GraphServer = createGraphServer()): Promise<() => Promise<void>> {
  const found = await server.load(id);
  await callApi(path(id), { method: "DELETE" });
  return async () => {
    const answer = found && (await server.save(id, found.graph, undefined));
    if (answer && "refused" in answer) throw new Error(answer.refused);
  };
}

/** `Poster` → `Poster, copy` → `Poster, copy 2`. */
export function copyName(name: string): string {
  const [, stem, , number] = /^(.*?)(, copy(?: (\d+))?)?$/.exec(name) ?? [];
  if (stem === undefined || stem === name) return `${name}, copy`.slice(0, 200);
  return `${stem}, copy ${Number(number ?? 1) + 1}`;
}
