import { StepError } from "../../protocol/failure.ts";
import type { Graph } from "../../protocol/graph.ts";
import type { PictureGraph } from "../../protocol/graph-in-picture.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { refuseSecrets } from "./no-secrets.ts";

/**
 * The text that a picture carries so that it opens its graph: the document without what is only about one machine or one window, hashes, and
 * the names of models. Throws StepError SECRET_IN_EXPORT, GRAPH_TOO_LARGE.
 */
export function graphText(
  { viewport: _viewport, meta: _meta, ...graph }: Graph,
  about: { asset: string; graphHash: string; models: string[] },
): string {
  // A pin names a result in the store of this machine.
  const nodes = graph.nodes.map(({ pin: _pin, ...node }) => node);
  const whole: PictureGraph = { format: "throughline/picture", version: 1, graph: { ...graph, nodes }, ...about };
  const text = JSON.stringify(whole);
  refuseSecrets(text, "The graph");
  if (Buffer.byteLength(text) > LIMITS.jsonBytes)
    throw new StepError("GRAPH_TOO_LARGE", "The graph is too large to lie in a picture. Export it as a file instead.");
  return text;
}
