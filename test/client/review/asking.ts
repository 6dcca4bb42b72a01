import type { Review } from "#lib/protocol/reviews.ts";
import type { ImageValue, VerdictValue } from "#lib/protocol/values.ts";
import { schemaOf } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

export const asset = (seed: string): string => `sha256:${seed.repeat(64).slice(0, 64)}`;
export const picture = (seed: string, verdicts?: VerdictValue[]): ImageValue => ({
  kind: "image",
  asset: asset(seed),
  width: 1536,
  height: 1024,
  mediaType: "image/png",
  made: { by: "model" },
  ...(verdicts ? { verdicts } : {}),
});
const answers = (type: string) => {
  const schema = NODES.find((node) => node.type === type)?.answer;
  return schema && schemaOf(schema);
};
type Way = "open" | "over" | "unwired";

/** A question as the review node asks it: one item per picture. */
export const aReview = (runId: string, seeds: string[], over: Partial<Review> = {}, way: Way = "open"): Review => ({
  runId,
  stepKey: "look@0",
  nodeId: "look",
  pass: 0,
  graphId: "g",
  graphName: "Harbour",
  title: "Art direction",
  simulated: true,
  state: "waiting",
  since: 1,
  question: "Good to go?",
  answer: answers("review"),
  outputs: [
    { port: "approved", kind: "image", way: "open" },
    { port: "revision", kind: "revision", way },
    { port: "rejected", kind: "image", way: "unwired" },
  ],
  items: seeds.map((seed, index) => ({ index, about: [picture(seed)], earlier: [] })),
  stars: {},
  ...over,
});

/** A question as the pick node asks it: one item that shows all pictures. */
export const aPick = (runId: string, seeds: string[]): Review => ({
  ...aReview(runId, []),
  stepKey: "best@0",
  question: "Choose one.",
  answer: answers("pick"),
  outputs: [
    { port: "image", kind: "image", way: "open" },
    { port: "rest", kind: "image", way: "open" },
  ],
  items: [{ index: 0, about: seeds.map((seed) => picture(seed)), earlier: [] }],
});
