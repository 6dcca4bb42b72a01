import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

export default defineNode({
  type: "number",
  version: 1,
  title: "Number",
  group: "words",
  icon: "hash",
  docs: "A number to wire anywhere a number or a text is taken.",
  effect: "pure",
  inputs: {},
  outputs: { number: { kind: "number", title: "Number" } },
  config: z.object({
    value: z.number().default(0).meta({ title: "Value", description: "Any number, also negative or with decimals" }),
  }),
  async run(_ctx, _inputs, { value }) {
    return { number: { kind: "number", number: value } };
  },
  examples: [
    { name: "a number goes out", config: { value: 0.8 }, gives: { number: { kind: "number", number: 0.8 } } },
    { name: "left alone it is zero", gives: { number: { kind: "number", number: 0 } } },
  ],
});
