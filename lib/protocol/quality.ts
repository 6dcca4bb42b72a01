import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { AssetId, VerdictValue } from "./values.ts";

/** One turn of a picture: what was judged, what was found, and what this turn cost in this run (USD). */
export const StoryPass = z.object({
  pass: z.int().min(0),
  picture: z.object({ asset: AssetId, width: z.int(), height: z.int() }).optional(),
  verdict: VerdictValue,
  drawnUsd: z.number(),
  judgedUsd: z.number(),
  /** The verdict came from the cache. */
  cached: z.boolean(),
});
export type StoryPass = z.infer<typeof StoryPass>;

/** A picture's way through the passes of a loop, oldest first. `open`: it may still come round again. */
export const Story = z.object({
  nodeId: z.string(),
  title: z.string(),
  end: z.enum(["passed", "rejected", "open", "stopped"]),
  /** Why it stopped there, as a sentence. */
  why: z.string(),
  costUsd: z.number(),
  passes: z.array(StoryPass),
});
export type Story = z.infer<typeof Story>;

/** The first stories of a run, and how many there are. */
export const StoryList = z.object({ stories: z.array(Story), total: z.int() });
export type StoryList = z.infer<typeof StoryList>;

/**
 * What one state of a graph came to, over the runs that were looked at. A story is one picture's way through its passes; those told wholly from the cache
 * count where they were made.
 */
export const ScorecardRow = z.object({
  /** Names what the graph does: positions, titles and notes do not change it. */
  state: z.string(),
  /** First and last run of it, epoch ms. */
  from: z.number(),
  to: z.number(),
  runs: z.int(),
  /** Published revisions of the template that were in this state. */
  revisions: z.array(z.int()).optional(),
  /** Pictures judged; stories that ended; those of them that passed. */
  judged: z.int(),
  stories: z.int(),
  approved: z.int(),
  /** approved ÷ stories, 0–1. */
  passRate: z.number().optional(),
  /** Pictures judged, and USD spent in these runs, for each picture that passed. */
  passesPerApproved: z.number().optional(),
  usdPerApproved: z.number().optional(),
  /** The line that failed most often, in how many of the verdicts that asked it. */
  weakest: z.object({ line: z.string(), failed: z.int(), asked: z.int() }).optional(),
});
export type ScorecardRow = z.infer<typeof ScorecardRow>;

/** States of a graph that judged something, newest first; `runs` = how many runs were looked at. */
export const Scorecard = z.object({ rows: z.array(ScorecardRow), runs: z.int() });
export type Scorecard = z.infer<typeof Scorecard>;

export const ScorecardQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMITS.listPage)
    .default(50)
    .meta({ description: "How many of the newest runs are looked at." }),
});

/** How alike two of the pictures are, by their places in the list; 0–1 each: colors, where things lie, both together. */
export const PicturePair = z.object({
  a: z.int(),
  b: z.int(),
  both: z.number(),
  colors: z.number(),
  layout: z.number(),
});
export type PicturePair = z.infer<typeof PicturePair>;

/** How alike the final pictures of a run are. */
export const Continuity = z.object({
  pictures: z.array(
    z.object({
      asset: AssetId,
      width: z.int(),
      height: z.int(),
      title: z.string(),
      /** Mean likeness to the others, 0–1; left out for a single picture. */
      mean: z.number().optional(),
      /** It is much less like the others than they are like each other. */
      outlier: z.boolean(),
    }),
  ),
  pairs: z.array(PicturePair),
  /** Pictures that were left out: more than are compared at once, or no longer stored. */
  leftOut: z.int(),
});
export type Continuity = z.infer<typeof Continuity>;
