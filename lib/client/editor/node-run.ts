import type { Failure } from "../../protocol/failure.ts";
import type { CallView, StepState } from "../../protocol/run.ts";
import type { Value } from "../../protocol/values.ts";
import type { PartialPicture } from "../watch-run.ts";

/**
 * What a card shows of the newest run of its node. Keeps its identity while nothing about the node changed, so that a card draws again
 * only for its own news.
 */
export type NodeRun = {
  runId: string;
  state: StepState;
  cached: boolean;
  /** The document has changed since in a way that would make this node run again. */
  stale: boolean;
  why?: string;
  /** 0-based pass this is about, and how many there are so far. */
  pass: number;
  passes: number;
  rehydrated: boolean;
  /** Epoch milliseconds. */
  startedAt?: number;
  endedAt?: number;
  costUsd: number;
  /** Cache key of its first item, and how many items it had; a result of one item can be pinned. */
  key?: string;
  items?: number;
  error?: Failure;
  /** What a failed step still kept, in words. */
  kept?: string;
  warnings: readonly string[];
  /** What a waiting step asks. */
  question?: unknown;
  outputs: Readonly<Record<string, readonly Value[]>>;
  partials: readonly PartialPicture[];
  calls: readonly CallView[];
  /** For a node that stands for a graph: what goes on inside, in the order of that graph. */
  inner?: readonly InnerRun[];
};

/** A step inside a node, by its whole id. */
export type InnerRun = { nodeId: string; title?: string; type: string; state: StepState; cached: boolean };

/** One past result of a node: a try, whatever run it came from. */
export type NodeTake = {
  /** Cache key of its first item; what `pin` names. Absent for results that are never cached. */
  key?: string;
  runId: string;
  pass: number;
  /** How many items the step had; a pin can bring back one. */
  items?: number;
  /** What the node and everything before it must look like for this to be its result (lib/engine/recipe.ts). */
  recipes?: readonly string[];
  /** The node's take number in that run. */
  take: number;
  /** Epoch milliseconds. */
  at: number;
  outputs: Readonly<Record<string, readonly Value[]>>;
  costUsd: number;
  cached: boolean;
  prompt?: string;
  revisedPrompt?: string;
  responseId?: string;
  /** Place of its picture in the conversation, from 1. */
  depth?: number;
};
