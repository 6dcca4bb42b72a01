import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

export default defineNode({
  type: "node-template",
  version: 1,
  title: "Node template",
  group: "words",
  icon: "box",
  docs: "Says in one paragraph what this node does for the person who wires it. Units and defaults belong here.",
  effect: "pure",
  inputs: { text: { kind: "text", title: "Text" } },
  outputs: { text: { kind: "text", title: "Text" } },
  config: z.object({
    ending: z.string().default("!").meta({ title: "Ending", description: "Is put after the text" }),
  }),
  async run(_ctx, { text }, { ending }) {
    return { text: { kind: "text", text: text.text + ending } };
  },
  examples: [
    {
      name: "fails until you say what this node should give",
      inputs: { text: { kind: "text", text: "Hello" } },
      gives: { text: { kind: "text", text: "what this node should give" } },
    },
  ],
});
