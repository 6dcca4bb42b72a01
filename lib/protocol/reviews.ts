import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { AssetId, ImageValue, Value } from "./values.ts";

/** An earlier turn of the loop: what was shown then, and what was said of it. */
export const EarlierPass = z.object({
  pass: z.int().min(0),
  pictures: z.array(ImageValue),
  decision: z.string().optional(),
  notes: z.string().optional(),
});
export type EarlierPass = z.infer<typeof EarlierPass>;

/** One item a person is asked about: everything that is shown, and what became of it in the passes before, oldest first. */
export const ReviewItem = z.object({ index: z.int().min(0), about: z.array(Value), earlier: z.array(EarlierPass) });
export type ReviewItem = z.infer<typeof ReviewItem>;

/** Who decided (as it is told to people), when (epoch ms), and what. */
export const Decided = z.object({ by: z.string().optional(), at: z.number().optional(), answer: z.unknown() });
export type Decided = z.infer<typeof Decided>;

/** A step that waits for a person, or did. `over`: it can no longer be answered, and nobody did. */
export const Review = z.object({
  runId: z.string(),
  stepKey: z.string(),
  nodeId: z.string(),
  pass: z.int().min(0),
  graphId: z.string(),
  graphName: z.string(),
  /** What the node is called in its graph. */
  title: z.string(),
  simulated: z.boolean(),
  state: z.enum(["waiting", "decided", "over"]),
  decided: Decided.optional(),
  /** Since when it waits, epoch ms. */
  since: z.number(),
  /** When it is decided without a person, epoch ms. */
  dueAt: z.number().optional(),
  question: z.unknown().optional(),
  /** JSON Schema of the answer. */
  answer: z.record(z.string(), z.unknown()).optional(),
  /** Where each output of the node leads in this pass. */
  outputs: z.array(z.object({ port: z.string(), kind: z.string(), way: z.enum(["open", "over", "unwired"]) })),
  items: z.array(ReviewItem),
  /** Stars people gave its pictures, 1 to 5, by asset; they stay with the picture wherever it is asked about again. */
  stars: z.record(z.string(), z.int()),
});
export type Review = z.infer<typeof Review>;

export const ReviewList = z.object({ reviews: z.array(Review), total: z.int(), next: z.string().optional() });
export type ReviewList = z.infer<typeof ReviewList>;

export const ReviewsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIMITS.listPage).default(50),
  before: z.string().min(1).max(400).optional().meta({ description: "`next` of the page before." }),
});

/** `PUT …/stars`; 0 takes them away. */
export const StarsBody = z.strictObject({ asset: AssetId, stars: z.int().min(0).max(5) });

export const LINK_HOURS = { default: 72, most: LIMITS.linkHours } as const;

/** `POST …/links`. `name` is whom it is for: it is kept with the decision. */
export const NewLink = z.strictObject({
  expiresInH: z.number().positive().max(LINK_HOURS.most).default(LINK_HOURS.default),
  name: z.string().trim().min(1).max(80).optional(),
});
export const ReviewLink = z.object({
  id: z.string(),
  name: z.string().optional(),
  createdAt: z.number(),
  expiresAt: z.number(),
});
export type ReviewLink = z.infer<typeof ReviewLink>;
/** The address is told once and kept nowhere. */
export const LinkMade = z.object({ id: z.string(), url: z.string(), expiresAt: z.number() });
export type LinkMade = z.infer<typeof LinkMade>;
export const LinkList = z.object({ links: z.array(ReviewLink) });
export type LinkList = z.infer<typeof LinkList>;

/** What a colleague with a link is shown: the question and its pictures, and nothing else of the run. */
export const SharedReview = z.object({
  question: z.unknown().optional(),
  answer: z.record(z.string(), z.unknown()).optional(),
  name: z.string().optional(),
  expiresAt: z.number(),
  dueAt: z.number().optional(),
  simulated: z.boolean(),
  outputs: Review.shape.outputs,
  items: z.array(
    z.object({
      index: z.int().min(0),
      texts: z.array(z.string()),
      pictures: z.array(
        z.object({
          asset: AssetId,
          width: z.int(),
          height: z.int(),
          mediaType: z.string(),
          label: z.string().optional(),
        }),
      ),
    }),
  ),
});
export type SharedReview = z.infer<typeof SharedReview>;
