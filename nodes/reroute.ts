import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

export default defineNode({
  type: "reroute",
  version: 1,
  title: "Reroute",
  group: "plumbing",
  icon: "waypoints",
  docs: "A bend in a wire: whatever comes in goes out, unchanged, threads and all.",
  effect: "pure",
  inputs: { value: { kind: "any", title: "Value" } },
  outputs: { value: { kind: "any", title: "Same" } },
  config: z.object({}),
  async run(_ctx, { value }) {
    return { value };
  },
  examples: [
    {
      name: "a text passes through",
      inputs: { value: { kind: "text", text: "as it was" } },
      gives: { value: { kind: "text", text: "as it was" } },
    },
    {
      name: "a picture passes through",
      inputs: { value: "@landscape" },
      gives: { value: "@landscape" },
    },
  ],
});
