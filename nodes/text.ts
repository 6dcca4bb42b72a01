import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

export default defineNode({
  type: "text",
  version: 1,
  title: "Text",
  group: "words",
  icon: "type",
  docs: "A piece of text to wire anywhere text is taken. Graph inputs such as `{{product}}` are filled in.",
  effect: "pure",
  inputs: {},
  outputs: { text: { kind: "text", title: "Text" } },
  config: z.object({
    text: z.string().default("").meta({ title: "Text", description: "Goes out as it stands", control: "longtext" }),
  }),
  async run(_ctx, _inputs, { text }) {
    return { text: { kind: "text", text } };
  },
  examples: [
    {
      name: "words go out as written",
      config: { text: "A trail sneaker on wet rock" },
      gives: { text: { kind: "text", text: "A trail sneaker on wet rock" } },
    },
    { name: "nothing written gives an empty text", gives: { text: { kind: "text", text: "" } } },
  ],
});
