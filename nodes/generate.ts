import * as z from "zod";
import {
  checkDraw,
  defineNode,
  drawConfig,
  drawSettings,
  neededWords,
  StepError,
  samplesToShow,
  withConstraints,
} from "#lib/sdk/index.ts";

const CONTEXT_IN_ONESHOT = {
  code: "CONTEXT_IN_ONESHOT",
  port: "context",
  message:
    "The one-shot lane has no conversation to continue: remove the wire into context, or choose the conversation lane.",
};

export default defineNode({
  type: "generate",
  version: 1,
  title: "Generate",
  group: "model",
  icon: "sparkles",
  docs: [
    "Draws a picture from a prompt.",
    "",
    "**Conversation** lane: the picture starts or continues a visual conversation, so that an edit after it can go on talking. Wire a *thread* or",
    "another picture into **context** to continue from there. **One-shot** lane: the prompt goes to the image model word for word; nothing is remembered.",
    "",
    "The **spec sheet** goes out on every turn. **References** are sent as they are and announced by role and note. *Variants* are tries side by side;",
    "raise the node's *take* to ask once more. Leave *size* on auto or write width × height like `1536x1024`.",
    "",
    "In a loop, a wired **revision** works only on the pictures that were sent back, one new picture for each: *iterate* goes on in the picture's own",
    "thread with the notes, *restart* draws anew with the notes as constraints.",
  ].join("\n"),
  effect: "model",
  inputs: {
    prompt: { kind: "text", title: "Prompt" },
    spec: { kind: "spec", optional: true, title: "Spec sheet" },
    references: { kind: "image", many: true, optional: true, title: "References" },
    context: { kind: "thread", optional: true, title: "Context" },
    revision: { kind: "revision", optional: true, title: "Revision" },
  },
  outputs: { image: { kind: "image", title: "Image" } },
  config: z.object(drawConfig),
  check: (config) => checkDraw(config),
  checkWiring: ({ lane }, wired) => (lane === "oneshot" && wired.has("context") ? [CONTEXT_IN_ONESHOT] : []),
  expands: ({ variants }) => variants,
  async run(ctx, { prompt, spec, references, context, revision }, config) {
    if (context && config.lane === "oneshot") {
      throw new StepError(CONTEXT_IN_ONESHOT.code, CONTEXT_IN_ONESHOT.message, { details: { port: "context" } });
    }
    if (revision?.mode === "iterate") {
      const { image: picture, notes } = revision;
      // What hangs in the thread already need not be sent again.
      const remembered = config.lane === "conversation" && picture.turn !== undefined;
      const image = await ctx.model.draw({
        prompt: neededWords(notes.trim() || prompt.text, "prompt"),
        settings: drawSettings(config),
        variants: 1,
        action: "edit",
        spec,
        references: remembered ? samplesToShow(spec, picture.turn) : [...references, ...samplesToShow(spec, undefined)],
        picture,
      });
      return { image };
    }
    const words = neededWords(prompt.text, "prompt");
    const image = await ctx.model.draw({
      prompt: revision ? withConstraints(words, revision.notes) : words,
      settings: drawSettings(config),
      variants: revision ? 1 : config.variants,
      action: "generate",
      spec,
      references: [...references, ...samplesToShow(spec, context?.turn)],
      continues: context,
    });
    return { image };
  },
  examples: [
    {
      name: "a prompt becomes a picture with a thread to go on",
      config: { size: "1536x1024" },
      inputs: { prompt: { kind: "text", text: "A trail sneaker on wet rock, morning fog" } },
      gives: ({ image }) => {
        const picture = image?.[0];
        if (picture?.kind !== "image" || image?.length !== 1) return "one picture should come out";
        return picture.turn !== undefined || "the picture should carry its turn";
      },
    },
    {
      name: "three variants, one-shot: three pictures without a thread",
      config: { lane: "oneshot", variants: 3 },
      inputs: { prompt: { kind: "text", text: "A red kayak from above" } },
      gives: ({ image }) => {
        if (image?.length !== 3) return `${image?.length ?? 0} pictures came out`;
        return image.every((one) => one.kind === "image" && !one.turn) || "a one-shot picture has no thread";
      },
    },
    {
      name: "a thread in the one-shot lane is refused before anything is paid",
      config: { lane: "oneshot" },
      inputs: {
        prompt: { kind: "text", text: "The same, at night" },
        context: {
          kind: "thread",
          turn: { responseId: "resp_example", depth: 1, provider: "simulator", createdAt: 0 },
        },
      },
      gives: {},
      fails: "CONTEXT_IN_ONESHOT",
    },
  ],
});
