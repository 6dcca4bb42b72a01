import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

export default defineNode({
  type: "note",
  version: 1,
  title: "Note",
  group: "plumbing",
  icon: "sticky-note",
  docs: "Words for the people who read the graph, in Markdown. A note never runs and never counts for a result.",
  effect: "pure",
  inputs: {},
  outputs: {},
  runs: false,
  config: z.object({
    markdown: z.string().default("").meta({ title: "Note", description: "Markdown", control: "markdown" }),
  }),
  async run() {
    return {};
  },
  examples: [
    { name: "a heading over a part of the graph", config: { markdown: "## Hero shots\nApproved by Ana." }, gives: {} },
    { name: "an empty note", gives: {} },
  ],
});
