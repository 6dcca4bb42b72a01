import * as z from "zod";
import { Value } from "./values.ts";

/** One past result of a node: a try, whatever run it came from. Equal results of several runs are one take, told by the run that made it. */
export const NodeTake = z.object({
  nodeId: z.string(),
  runId: z.string(),
  pass: z.int().min(0),
  /** Cache key of the first item; what `pin` names. Absent where results are never cached. */
  key: z.string().optional(),
  /** How many items the step had; a pin can bring back one. */
  items: z.int().min(0),
  /** The node's take number in that run. */
  take: z.int().min(1),
  /** Epoch milliseconds. */
  at: z.number(),
  cached: z.boolean(),
  costUsd: z.number(),
  outputs: z.record(z.string(), z.array(Value)),
  /** What a node and everything before it must look like for this to be its result (lib/engine/recipe.ts). */
  recipes: z.array(z.string()),
  prompt: z.string().optional(),
  revisedPrompt: z.string().optional(),
  responseId: z.string().optional(),
  /** Place of its picture in the conversation, from 1. */
  depth: z.int().min(1).optional(),
});
export type NodeTake = z.infer<typeof NodeTake>;

export const TakeList = z.object({ takes: z.array(NodeTake), next: z.string().optional() });
export type TakeList = z.infer<typeof TakeList>;
