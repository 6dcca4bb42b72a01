import type { Graph } from "../../protocol/graph.ts";
import { graphInPng, isPng } from "../../protocol/graph-in-picture.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { readPaste } from "../editor/edit/paste.ts";

/** The graph in a file: JSON, or a PNG that carries one. Throws RangeError with a sentence for people when there is none. */
export async function graphInFile(file: File): Promise<Graph> {
  const called = `“${file.name.slice(0, 80)}”`;
  if (file.size > LIMITS.uploadBytes)
    throw new RangeError(`${called} is larger than the limit of ${LIMITS.uploadBytes / 1024 / 1024} MB.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = isPng(bytes) ? graphInPng(bytes) : { json: new TextDecoder().decode(bytes) };
  if (!found) throw new RangeError(`${called} is a picture that carries no graph.`);
  if ("problem" in found) throw new RangeError(`${called} could not be read. ${found.problem}`);
  const read = readPaste(found.json);
  if (read.kind === "graph") return read.graph;
  throw new RangeError(
    `${called} holds no graph that can be opened. ${read.kind === "refused" ? read.why : ""}`.trim(),
  );
}
