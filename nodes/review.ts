import * as z from "zod";
import {
  AssetId,
  defineNode,
  type ImageValue,
  Mark,
  MOST_MARKS,
  type NodeContext,
  parseDuration,
  StepError,
} from "#lib/sdk/index.ts";

const LAST_PASS = "Sent back, but no pass is left and nothing is wired to take it: it goes no further.";

/** Marks drawn over the picture, or a transparent layer of its size that somebody drew. */
async function marked(ctx: NodeContext, image: ImageValue, markup: string | Mark[] | undefined): Promise<ImageValue> {
  if (markup === undefined) return image;
  if (typeof markup !== "string") return (await ctx.images.markup(image, markup)).image;
  const layer = await ctx.images.load(markup);
  if (layer.width !== image.width || layer.height !== image.height)
    throw new StepError(
      "MARKUP_SIZE_MISMATCH",
      `The markup is ${layer.width} × ${layer.height} pixels, the picture ${image.width} × ${image.height}: draw it over this very picture.`,
    );
  const look = { font: "sans-serif", size: 16, color: "#000000", anchor: "center", margin: 0, safeArea: 0 } as const;
  const flat = await ctx.images.overlay(image, { ...look, logo: layer, opacity: 1, scale: 1 });
  return flat.asset === image.asset ? image : { ...flat, markup: layer.asset, unmarked: image.asset };
}

export default defineNode({
  type: "review",
  version: 1,
  title: "Review",
  group: "quality",
  icon: "user-round-check",
  docs: [
    "A person decides. The run waits, for days if need be and across restarts, and costs nothing while it does; other branches go on. The answer may come from the",
    "canvas, the review page, the command line or another program; the first one counts.",
    "",
    "One answer decides about all pictures that wait together. **Approve** sends them on by *approved*; with *picks* (their numbers, from 0) only those, the others leave by",
    "*rejected*. **Reject** sends all out by *rejected*. **Revise** sends them back by *revision* with notes, and with marks drawn over the picture if there are any; with",
    "*picks* those are approved and the others go back. Wire *revision* to the node that draws, with a loop.",
    "",
    "After *timeout* (ISO 8601: `P3D` three days, `PT36H` 36 hours, `P1W` a week) without an answer, *otherwise* is the answer. What a person decided holds for that",
    "run: the next one asks again. Pictures keep their conversation.",
  ].join("\n"),
  effect: "pure",
  inputs: { image: { kind: "image", title: "Image" } },
  outputs: {
    approved: { kind: "image", title: "Approved" },
    revision: { kind: "revision", title: "Revision" },
    rejected: { kind: "image", title: "Rejected" },
  },
  config: z.object({
    question: z
      .string()
      .default("Is this good to go?")
      .meta({ title: "Question", description: "What the person is asked", control: "longtext" }),
    timeout: z
      .string()
      .refine(
        (text) => text.includes("{{") || parseDuration(text) !== undefined,
        "write a duration like P3D, PT36H or P1W",
      )
      .optional()
      .meta({ title: "Wait at most", description: "ISO 8601 duration like P3D; empty: for ever" }),
    otherwise: z
      .enum(["approve", "reject"])
      .default("reject")
      .meta({ title: "Otherwise", description: "What happens when that time has passed" }),
  }),
  answer: z.object({
    decision: z
      .enum(["approve", "reject", "revise"])
      .meta({ title: "Decision", description: "Send on, send out, or send back with notes" }),
    notes: z.string().max(8000).optional().meta({
      title: "Notes",
      description: "What has to change; goes to the model word for word",
      control: "longtext",
    }),
    picks: z
      .array(z.int().min(0))
      .optional()
      .meta({ title: "Picks", description: "Numbers of the approved pictures, from 0; left out: all" }),
    markup: z
      .union([AssetId, z.array(Mark).max(MOST_MARKS, `at most ${MOST_MARKS} marks`)])
      .optional()
      .meta({
        title: "Markup",
        description: "Marks drawn over the picture, or a stored transparent layer of its size",
      }),
  }),
  checkAnswer({ decision, notes, picks, markup }, { items }) {
    const known = new Set(items.map(({ index }) => index));
    const odd = picks?.find((pick) => !known.has(pick));
    const mute = decision === "revise" && !notes?.trim() && (markup === undefined || markup.length === 0);
    return [
      ...(odd === undefined
        ? []
        : [
            {
              field: "picks",
              code: "UNKNOWN_PICK",
              message: `No picture ${odd} waits here; there are ${[...known].join(", ")}.`,
            },
          ]),
      ...(picks && decision === "reject"
        ? [{ field: "picks", code: "PICKS_WITH_REJECT", message: "Picks are approved: leave them out, or approve." }]
        : []),
      ...(mute
        ? [{ field: "notes", code: "NOTES_MISSING", message: "Say what has to change, or draw it over the picture." }]
        : []),
    ];
  },
  guess({ image }, _config, { way }) {
    return way("revision") === "open"
      ? { revision: { kind: "revision", image, notes: "", mode: "iterate" } }
      : { approved: image, rejected: image };
  },
  async run(_ctx, { image }, { question, timeout, otherwise }) {
    return {
      pause: true as const,
      question,
      about: [image],
      ...(timeout?.trim() ? { timeout, otherwise: { decision: otherwise } } : {}),
    };
  },
  async resume(ctx, { inputs: { image }, answer: { decision, notes, picks, markup } }) {
    if (decision === "reject") return { rejected: image };
    if (picks === undefined ? decision === "approve" : picks.includes(ctx.item.index)) return { approved: image };
    if (decision === "approve") return { rejected: image };
    if (ctx.way("revision") !== "open") ctx.warn(LAST_PASS);
    const words = notes?.trim() || "Follow the marks drawn over the picture, and leave them out of the result.";
    return {
      revision: { kind: "revision", image: await marked(ctx, image, markup), notes: words, mode: "iterate" },
    };
  },
  examples: [
    {
      name: "it waits for a person and shows the picture",
      inputs: { image: "@drawn" },
      gives: {},
    },
    {
      name: "three days, then it counts as approved",
      config: { question: "Ready for print?", timeout: "P3D", otherwise: "approve" },
      inputs: { image: "@landscape" },
      gives: {},
    },
  ],
});
