import * as z from "zod";
import { defineNode, extendSheet, type ImageValue, parseSheetRef } from "#lib/sdk/index.ts";

/** A sheet of the library: with a version it stays that one, without it is the newest whenever a run starts. */
const LibraryRef = z
  .string()
  .max(200)
  .refine(
    (text) => text === "" || text.includes("{{") || parseSheetRef(text) !== undefined,
    "a sheet of the library is named like house-style@3, or house-style for the newest version",
  )
  .optional();

const describe = (samples: ImageValue[]): string =>
  samples
    .map(({ role, note, label }) => `- ${[role ?? label ?? "sample", note].filter(Boolean).join(" — ")}`)
    .join("\n");

export default defineNode({
  type: "spec-sheet",
  version: 1,
  title: "Spec sheet",
  group: "words",
  icon: "notebook-text",
  docs: [
    "The look, written down once: a reusable system prompt with sample pictures. It goes out with **every** turn of a conversation, so",
    "that the tenth picture still follows it.",
    "",
    "A wired **brief** becomes a section of the sheet; wired **references** become its sample pictures. *Library* uses a sheet of the library as",
    "it is: the text of this node is then not used. *Extends* starts from one: a section of this text under the same heading stands in place of",
    "the sheet's, a heading with nothing under it takes it away, everything else is added.",
    "",
    "`house-style@3` stays at version 3. `house-style` **follows**: every run takes the newest version there is when it starts, keeps it to its",
    "end, and says which one it was.",
  ].join("\n"),
  effect: "pure",
  inputs: {
    brief: { kind: "text", optional: true, title: "Brief" },
    references: { kind: "image", many: true, optional: true, title: "References" },
  },
  outputs: { spec: { kind: "spec", title: "Spec sheet" } },
  config: z.object({
    library: LibraryRef.meta({
      title: "Library",
      description: "Library sheet to use as it is, like house-style@3",
      control: "sheet",
      keeps: { name: "name", text: "text", extends: "extends" },
    }),
    name: z.string().default("").meta({ title: "Name", description: "What people call this look" }),
    text: z.string().default("").meta({
      title: "Text",
      description: "The reusable system prompt: look, light, camera, rules",
      control: "longtext",
    }),
    extends: LibraryRef.meta({
      title: "Extends",
      description: "Library sheet to start from, like house-style@3",
      control: "sheet",
    }),
  }),
  async run(ctx, { brief, references }, config) {
    const base = config.library || config.extends;
    const sheet = base ? await ctx.sheets.load(base) : undefined;
    const sections = [
      config.library ? sheet?.text.trim() : extendSheet(sheet?.text, config.text),
      brief?.text.trim() && `# Brief\n\n${brief.text.trim()}`,
      references.length > 0 && `# Sample pictures\n\n${describe(references)}`,
    ];
    const text = sections.filter(Boolean).join("\n\n");
    const samples = [...(sheet?.samples ?? []), ...references];
    return {
      spec: {
        kind: "spec",
        name: config.name || sheet?.name || ctx.node.title,
        text,
        hash: ctx.hash(text),
        ...(samples.length > 0 ? { samples } : {}),
        ...(sheet?.sheet ? { sheet: sheet.sheet } : {}),
      },
    };
  },
  examples: [
    {
      name: "a sheet of words",
      config: { name: "Alpine", text: "Cold morning light, long lens, no people." },
      gives: { spec: { kind: "spec", name: "Alpine", text: "Cold morning light, long lens, no people." } },
    },
    {
      name: "a brief becomes a section of the sheet",
      config: { name: "Alpine", text: "Cold morning light." },
      inputs: { brief: { kind: "text", text: "## Must\n- Show the outsole" } },
      gives: { spec: { kind: "spec", text: "Cold morning light.\n\n# Brief\n\n## Must\n- Show the outsole" } },
    },
    {
      name: "references become samples, and the sheet says what they are",
      config: { name: "Alpine", text: "Cold morning light." },
      inputs: { references: ["@landscape"] },
      gives: ({ spec }) => {
        const sheet = spec?.[0];
        if (sheet?.kind !== "spec") return "no sheet came out";
        if (sheet.samples?.length !== 1) return "the reference should be its sample";
        return sheet.text.includes("# Sample pictures") || "the sheet should have a section about its samples";
      },
    },
  ],
});
