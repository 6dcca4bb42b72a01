import { picturesOf } from "../paint/node-pictures.ts";
import type { EditorState } from "../state.ts";

const MOST = 16;

/** Pictures that may stand for a graph: those named, then what its nodes gave last, the ends of its ways first. */
export function coverChoices(state: Pick<EditorState, "document" | "run">, named: readonly string[]): string[] {
  const { nodes, edges } = state.document;
  const sources = new Set(edges.map(({ source }) => source));
  const ends = nodes.toSorted((a, b) => Number(sources.has(a.id)) - Number(sources.has(b.id)));
  const made = ends.flatMap(({ id }) => picturesOf(state, id).map(({ asset }) => asset));
  return [...new Set([...named, ...made])].slice(0, MOST);
}
