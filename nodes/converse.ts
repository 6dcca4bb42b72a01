import * as z from "zod";
import { checkTextModel, defineNode, samplesToShow, textModelSetting } from "#lib/sdk/index.ts";

export default defineNode({
  type: "converse",
  version: 1,
  title: "Converse",
  group: "model",
  icon: "messages-square",
  docs: [
    "A turn of words that primes the conversation before any picture is drawn: talk the concept through, then wire **thread** into the",
    "*context* of a generate node. A wired *context* is continued; without one a new conversation starts.",
  ].join("\n"),
  effect: "model",
  inputs: {
    text: { kind: "text", title: "Text" },
    spec: { kind: "spec", optional: true, title: "Spec sheet" },
    context: { kind: "thread", optional: true, title: "Context" },
    references: { kind: "image", many: true, optional: true, title: "References" },
  },
  outputs: { thread: { kind: "thread", title: "Thread" }, text: { kind: "text", title: "Answer" } },
  config: z.object({ model: textModelSetting("Model", "The text model that answers") }),
  check: ({ model }) => checkTextModel(model),
  async run(ctx, { text, spec, context, references }, { model }) {
    const answer = await ctx.model.talk({
      text: text.text,
      model,
      spec,
      references: [...references, ...samplesToShow(spec, context?.turn)],
      continues: context,
    });
    return { thread: answer.thread, text: { kind: "text", text: answer.text } };
  },
  examples: [
    {
      name: "a first turn opens a thread",
      inputs: { text: { kind: "text", text: "We are launching a trail sneaker. What should the hero shot say?" } },
      gives: ({ thread, text }) =>
        (thread?.[0]?.kind === "thread" && text?.[0]?.kind === "text") || "a thread and an answer should come out",
    },
    {
      name: "a wired thread is continued",
      inputs: {
        text: { kind: "text", text: "And for the winter edition?" },
        context: {
          kind: "thread",
          turn: { responseId: "resp_example", depth: 1, provider: "simulator", createdAt: 0 },
        },
      },
      gives: ({ thread }) => {
        const value = thread?.[0];
        return (value?.kind === "thread" && value.turn.depth === 2) || "the thread should be one turn longer";
      },
    },
  ],
});
