import * as z from "zod";
import { defineNode, Mark, MOST_MARKS } from "#lib/sdk/index.ts";

export default defineNode({
  type: "markup",
  version: 1,
  title: "Markup",
  group: "image",
  icon: "pen-tool",
  docs: [
    "Arrows, boxes, ellipses, freehand lines and notes drawn over a picture **as an instruction**: wire it before an edit and say there what the",
    "marks mean. The picture keeps its conversation.",
    "",
    "A one-shot edit hands the marks over as a layer of their own where the model takes one (GPT Image 2.5 and 2.6, without a mask). In the conversation",
    "lane, and for other models, they are in the pixels, and the model is told to leave them out of the result.",
    "",
    "**image** is the picture with the marks, **markup** the marks alone on transparency. Without marks the very same picture goes on, and no markup leaves.",
    "",
    "Places in image pixels from the top left corner: arrow `from`, `to`; box and ellipse `x y w h`; stroke `points`; note `x y text size`. Every mark has a `color`",
    "and a `width` in pixels.",
  ].join("\n"),
  effect: "pure",
  inputs: { image: { kind: "image", title: "Image" } },
  outputs: { image: { kind: "image", title: "Image" }, markup: { kind: "image", title: "Markup" } },
  config: z.object({
    shapes: z.array(Mark).max(MOST_MARKS, `at most ${MOST_MARKS} marks`).default([]).meta({
      title: "Marks",
      description: "What is drawn over the picture",
      control: "markup",
    }),
  }),
  async run(ctx, inputs, { shapes }) {
    const { image, layer } = await ctx.images.markup(inputs.image, shapes);
    return layer ? { image, markup: layer } : { image };
  },
  examples: [
    {
      name: "an arrow and a note: the picture keeps its turn, and the marks leave alone too",
      config: {
        shapes: [
          { kind: "arrow", from: [10, 50], to: [60, 20], color: "#ff3b30", width: 4 },
          { kind: "note", x: 4, y: 4, text: "warmer", size: 10 },
        ],
      },
      inputs: { image: "@drawn" },
      gives: ({ image, markup }) => {
        const [picture, layer] = [image?.[0], markup?.[0]];
        if (picture?.kind !== "image" || layer?.kind !== "image") return "a picture and its markup should come out";
        if (!picture.turn || picture.asset === picture.turn.asset) return "the turn stays and the pixels change";
        if (picture.markup !== layer.asset || picture.unmarked !== picture.turn.asset)
          return "the picture should name its marks and what lies below them";
        return (layer.width === 96 && layer.height === 64) || "the markup should have the picture's size";
      },
    },
    {
      name: "a box, an ellipse and a freehand line",
      config: {
        shapes: [
          { kind: "box", x: 8, y: 8, w: 30, h: 20 },
          { kind: "ellipse", x: 50, y: 20, w: 30, h: 30, color: "#00c7be" },
          {
            kind: "stroke",
            points: [
              [5, 60],
              [40, 40],
              [90, 55],
            ],
          },
        ],
      },
      inputs: { image: "@landscape" },
      gives: { image: [{ kind: "image", width: 96, height: 64 }], markup: [{ kind: "image", width: 96, height: 64 }] },
    },
    { name: "without marks the very same picture goes on", inputs: { image: "@drawn" }, gives: { image: ["@drawn"] } },
    {
      name: "marks beside the picture change nothing",
      config: { shapes: [{ kind: "box", x: 500, y: 500, w: 20, h: 20 }] },
      inputs: { image: "@drawn" },
      gives: { image: ["@drawn"] },
    },
  ],
});
