import fc from "fast-check";
import { edge, graph, node } from "./test-studio.ts";

const words = fc
  .array(fc.constantFrom("red", "kite", "over", "a", "quiet", "harbour", "at", "dawn", "with", "soft", "light"), {
    minLength: 4,
    maxLength: 60,
  })
  .map((list) => list.join(" "));
const draw = fc.record({
  lane: fc.constantFrom("conversation", "conversation", "oneshot"),
  size: fc.constantFrom("auto", "1024x1024", "1024x1024", "1536x1024", "1024x1536"),
  quality: fc.constantFrom("low", "medium", "medium", "high", "high"),
  partials: fc.integer({ min: 0, max: 3 }),
  variants: fc.constantFrom(1, 1, 1, 2),
});
const chain = fc.record({
  talks: fc.constantFrom(true, false, false, false),
  start: fc.tuple(words, draw),
  edits: fc.array(fc.tuple(words, draw, fc.constantFrom("continue", "continue", "fresh"), fc.boolean()), {
    maxLength: 2,
  }),
});

/**
 * Graphs as people draw them: conversations of a picture and edits after it, in both lanes, some opened by words, some edits with the
 * picture of another conversation as a reference. Quality is always named: what `auto` will cost is the model's choice. `tag` keeps the graphs apart, so that none is answered from another's cache.
 */
export const campaigns = fc.array(chain, { minLength: 1, maxLength: 2 }).map((chains) => (tag: string) => {
  const nodes: unknown[] = [];
  const edges: unknown[] = [];
  for (const [index, { talks, start, edits }] of chains.entries()) {
    const [text, settings] = start;
    const threaded = talks && settings.lane === "conversation";
    nodes.push(node(`words${index}`, "text", { text: `${tag} ${index} ${text}` }));
    nodes.push(node(`draw${index}`, "generate", settings));
    edges.push(edge(`words${index}.text`, `draw${index}.prompt`));
    if (threaded) {
      nodes.push(node(`talk${index}`, "converse"));
      edges.push(edge(`words${index}.text`, `talk${index}.text`), edge(`talk${index}.thread`, `draw${index}.context`));
    }
    let from = `draw${index}`;
    for (const [turn, [instruction, drawing, memory, refers]] of edits.entries()) {
      const id = `edit${index}-${turn}`;
      nodes.push(node(`say${index}-${turn}`, "text", { text: instruction }));
      nodes.push(node(id, "edit", { ...drawing, variants: 1, memory }));
      edges.push(edge(`say${index}-${turn}.text`, `${id}.instruction`), edge(`${from}.image`, `${id}.image`));
      if (refers && index > 0 && chains[0]?.start[1].variants === 1)
        edges.push(edge("draw0.image", `${id}.references`));
      from = id;
    }
  }
  return graph(nodes, edges, { id: "campaign" });
});
