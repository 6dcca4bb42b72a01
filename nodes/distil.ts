import * as z from "zod";
import { checkTextModel, defineNode, Turn, textModelSetting } from "#lib/sdk/index.ts";

const STANDING_REQUEST = [
  "Write a reusable system prompt from this conversation and its picture, so that another conversation can make further pictures that",
  "clearly belong to the same series.",
  "",
  "Describe what is constant: medium and finish, palette with hex values, light (direction, hardness, colour temperature), lens and",
  "camera position, composition and negative space, materials and surfaces, mood, how people and products are shown, lettering.",
  "Leave out what belongs to this one picture only. Write it as instructions, in short lines under headings, and close with the",
  "headings Always and Never. Answer with the system prompt alone.",
].join("\n");

export default defineNode({
  type: "distil",
  version: 1,
  title: "Distil",
  group: "model",
  icon: "flask-conical",
  docs: [
    "Turns a conversation that worked into a **spec sheet**: the model is asked, in the thread behind the picture, to write down what made it",
    "look that way. A picture without a thread is shown to the model instead. *Save as* also keeps the sheet in the library: a name that is",
    "known there becomes its next version.",
  ].join("\n"),
  effect: "model",
  inputs: { image: { kind: "image", title: "Image" } },
  outputs: { spec: { kind: "spec", title: "Spec sheet" }, text: { kind: "text", title: "Text" } },
  config: z.object({
    request: z
      .string()
      .default(STANDING_REQUEST)
      .meta({ title: "Request", description: "What the model is asked to write", control: "longtext" }),
    model: textModelSetting("Model", "The text model that writes the sheet"),
    saveAs: z
      .string()
      .regex(/^[^@]*$/, "a name in the library has no @, which stands before the version")
      .optional()
      .meta({ title: "Save as", description: "Name in the library; empty: not saved" }),
    sample: z
      .boolean()
      .default(false)
      .meta({ title: "Picture as sample", description: "Makes the picture a sample of the sheet, sent along with it" }),
    turn: Turn.optional().meta({
      title: "Conversation",
      description: "The turn to ask about, where the picture does not bring its own",
      control: "hidden",
    }),
  }),
  check: ({ model }) => checkTextModel(model),
  async run(ctx, { image }, { request, model, saveAs, sample, turn }) {
    const thread = image.turn ?? turn;
    const untouched = thread !== undefined && thread.asset === image.asset;
    const { text } = await ctx.model.talk({
      text: request,
      model,
      references: untouched ? [] : [image],
      continues: thread,
    });
    const name = saveAs?.trim();
    const spec = {
      kind: "spec" as const,
      name: name || ctx.node.title,
      text,
      hash: ctx.hash(text),
      ...(sample ? { samples: [image] } : {}),
    };
    if (name) await ctx.sheets.save(name, spec);
    return { spec, text: { kind: "text", text } };
  },
  examples: [
    {
      name: "a picture becomes a sheet and its text",
      inputs: { image: "@landscape" },
      gives: ({ spec, text }) => {
        const sheet = spec?.[0];
        const words = text?.[0];
        if (sheet?.kind !== "spec" || words?.kind !== "text") return "a sheet and its text should come out";
        return (sheet.text.length > 0 && sheet.text === words.text) || "sheet and text should be the same words";
      },
    },
    {
      name: "the sheet is kept under its name",
      config: { saveAs: "Alpine", sample: true },
      inputs: { image: "@square" },
      gives: ({ spec }) => {
        const sheet = spec?.[0];
        if (sheet?.kind !== "spec" || sheet.name !== "Alpine") return "the sheet should be named Alpine";
        return sheet.samples?.length === 1 || "the picture should be a sample of the sheet";
      },
    },
  ],
});
