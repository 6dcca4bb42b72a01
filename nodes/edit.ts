import * as z from "zod";
import {
  checkDraw,
  defineNode,
  drawConfig,
  drawSettings,
  type ImageValue,
  type MaskValue,
  neededWords,
  StepError,
  samplesToShow,
  withConstraints,
} from "#lib/sdk/index.ts";

function refuseOddMask(mask: MaskValue, picture: ImageValue): void {
  if (mask.width === picture.width && mask.height === picture.height) return;
  throw new StepError(
    "MASK_SIZE_MISMATCH",
    `The mask is ${mask.width} × ${mask.height} pixels, the picture ${picture.width} × ${picture.height}: make the mask from this very picture.`,
    { details: { port: "mask" } },
  );
}

export default defineNode({
  type: "edit",
  version: 1,
  title: "Edit",
  group: "model",
  icon: "wand-sparkles",
  docs: [
    "Changes a picture by an instruction and continues its conversation: the model still knows what was said and drawn before. With *memory* on",
    "**fresh** it sees the picture alone.",
    "",
    "A **mask** says which part may change. The model takes it as a hint; **strict lock** puts the original pixels back outside the mask, with an",
    "edge *feather* pixels wide, so that nothing else moves. **drift** is the share of pixels (0–1) outside the mask that the model had changed",
    "before they were put back; without a mask there is no lock and no drift.",
    "",
    "*Action* **edit** always changes the picture, **auto** lets the model decide, **generate** draws a new one. In a loop, a wired **revision** works only",
    "on the pictures that were sent back, one new picture for each: *iterate* edits them by their notes, *restart* edits the original again with the",
    "notes as constraints.",
  ].join("\n"),
  effect: "model",
  inputs: {
    image: { kind: "image", title: "Image" },
    instruction: { kind: "text", title: "Instruction" },
    mask: { kind: "mask", optional: true, title: "Mask" },
    references: { kind: "image", many: true, optional: true, title: "References" },
    spec: { kind: "spec", optional: true, title: "Spec sheet" },
    revision: { kind: "revision", optional: true, title: "Revision" },
  },
  outputs: { image: { kind: "image", title: "Image" }, drift: { kind: "number", title: "Drift" } },
  config: z.object({
    ...drawConfig,
    action: z
      .enum(["auto", "edit", "generate"])
      .default("edit")
      .meta({ title: "Action", description: "Change the picture, draw a new one, or let the model decide" }),
    strictLock: z
      .boolean()
      .default(true)
      .meta({ title: "Strict lock", description: "Keeps every pixel outside the mask as it was" }),
    feather: z.number().min(0).max(512).default(8).meta({
      title: "Feather",
      description: "Soft edge of the lock in pixels, centred on the mask's edge",
      unit: "px",
    }),
    memory: z
      .enum(["continue", "fresh"])
      .default("continue")
      .meta({ title: "Memory", description: "Continue the picture's conversation, or start from the picture alone" }),
  }),
  check: (config) => checkDraw(config),
  expands: ({ variants }) => variants,
  async run(ctx, inputs, config) {
    const { mask, references, spec, revision } = inputs;
    const iterating = revision?.mode === "iterate";
    const picture = iterating ? revision.image : inputs.image;
    if (mask) refuseOddMask(mask, picture);
    const own = inputs.instruction.text;
    const words = iterating ? revision.notes.trim() || own : withConstraints(own, revision?.notes ?? "");
    const memory = iterating ? "continue" : config.memory;
    const remembered = config.lane === "conversation" && memory === "continue" ? picture.turn : undefined;
    const drawn = await ctx.model.draw({
      prompt: neededWords(words, "instruction"),
      settings: drawSettings(config),
      variants: revision ? 1 : config.variants,
      action: iterating ? "edit" : config.action,
      spec,
      // What hangs in the thread already need not be sent again.
      references: [...(iterating && remembered ? [] : references), ...samplesToShow(spec, remembered)],
      picture,
      memory,
      mask,
    });
    if (!mask || !config.strictLock) return { image: drawn };
    const locked = [];
    for (const one of drawn) locked.push(await ctx.images.lock(picture, one, mask, config.feather));
    return {
      image: locked.map(({ image }) => image),
      drift: locked.map(({ drift }) => ({ kind: "number" as const, number: drift })),
    };
  },
  examples: [
    {
      name: "an instruction changes the picture; without a mask there is no drift",
      inputs: { image: "@landscape", instruction: { kind: "text", text: "Make it dusk" } },
      gives: ({ image, drift }) => {
        if (image?.length !== 1 || image[0]?.kind !== "image") return "one picture should come out";
        return drift === undefined || "drift should not fire without a mask";
      },
    },
    {
      name: "with a mask everything outside it stays, and drift says what the model had changed",
      inputs: { image: "@landscape", instruction: { kind: "text", text: "Replace the sky" }, mask: "@mask" },
      gives: ({ image, drift }) => {
        if (image?.[0]?.kind !== "image") return "one picture should come out";
        const share = drift?.[0];
        return (
          (share?.kind === "number" && share.number >= 0 && share.number <= 1) || "drift should be a share, 0 to 1"
        );
      },
    },
    {
      name: "a mask of another size is refused before anything is paid",
      inputs: { image: "@portrait", instruction: { kind: "text", text: "Replace the sky" }, mask: "@mask" },
      gives: {},
      fails: "MASK_SIZE_MISMATCH",
    },
  ],
});
