const edge = (
  source: string,
  sourceHandle: string,
  target: string,
  targetHandle: string,
  loop?: { passes: number },
) => ({
  id: `${source}-${sourceHandle}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle,
  ...(loop ? { loop } : {}),
});

/** Four variants, each judged alone: what is not good enough is drawn again, three passes in all; what passes is graded and archived. */
export const loopGraph = (variants = LOOP_SCORES.length) => ({
  format: "throughline/graph",
  version: 1,
  id: "loop",
  name: "Loop",
  inputs: [],
  nodes: [
    { id: "words", type: "prompt", config: { text: "A harbour at dawn" } },
    { id: "hero", type: "generate", config: { partials: 0, variants } },
    { id: "gate", type: "qa-gate", config: { checklist: [{ id: "light", question: "Is the light right?" }] } },
    { id: "after", type: "grade", config: { exposure: 1 } },
    { id: "keep", type: "archive", config: { name: "kept/{{item}}" } },
  ],
  edges: [
    edge("words", "text", "hero", "prompt"),
    edge("hero", "image", "gate", "image"),
    edge("gate", "revision", "hero", "revision", { passes: 3 }),
    edge("gate", "pass", "after", "image"),
    edge("after", "image", "keep", "image"),
    edge("gate", "verdict", "keep", "verdict"),
  ],
});

/** By variant and turn: two pass at once, one after one pass, one never. */
export const LOOP_SCORES = [[0.9], [0.5, 0.9], [0.95], [0.5, 0.6, 0.5]];
/** Paid drawings of one run: four, then two again, then one; each picture is judged once. */
export const LOOP_DRAWINGS = 7;
export const LOOP_VERDICTS = 7;
