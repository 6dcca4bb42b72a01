import type { Graph } from "../../../protocol/graph.ts";
import { readGraph } from "../../../protocol/read-graph.ts";
import type { VersionRef } from "../state.ts";
import type { Editor } from "../store.ts";
import type { Keeper } from "./keeper.ts";

/** The document of a version. Throws with a sentence for people when it is gone or cannot be read. */
export async function loadVersion(editor: Editor, { ports }: Keeper, ref: VersionRef): Promise<Graph> {
  const { document } = editor.getState();
  if (ref === "now") return document;
  const found =
    "revision" in ref
      ? (await ports.server.load(document.id, ref.revision))?.graph
      : (await ports.store.copies(document.id)).find(({ copy }) => copy === ref.copy)?.document;
  const { graph } = readGraph(found);
  if (!graph) throw new Error("This version is not there any more.");
  return graph;
}

/** One word for a version that can stand in a list's value; `refOf` reads it again. */
export const wordOf = (ref: VersionRef): string =>
  ref === "now" ? "now" : "revision" in ref ? `r${ref.revision}` : `c${ref.copy}`;

/** The version a word of `wordOf` means. */
export const refOf = (word: string): VersionRef =>
  word === "now" ? "now" : word.startsWith("r") ? { revision: Number(word.slice(1)) } : { copy: Number(word.slice(1)) };
