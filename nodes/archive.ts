import * as z from "zod";
import { defineNode, type FileValue, type ImageValue, ownVerdicts, STEP_NAMES } from "#lib/sdk/index.ts";

export default defineNode({
  type: "archive",
  version: 1,
  title: "Archive",
  group: "output",
  icon: "archive",
  docs: [
    "Keeps finished pictures and files with everything needed to find, explain and remake them. The untouched original, prompts, costs and",
    "verdicts are recorded beside each one.",
    "",
    "The **name** may use `{{graph.name}}`, `{{graph.id}}`, `{{run.date}}`, `{{run.id}}`, `{{label}}` (the picture's label, or image-1, image-2 …)",
    "and `{{item}}` (its position, from 1); `/` makes folders. Each picture keeps the verdicts that are about it, those it carries and those wired beside it, in",
    "whatever order they come.",
  ].join("\n"),
  effect: "world",
  inputs: {
    image: { kind: "image", many: true, optional: true, title: "Images" },
    file: { kind: "file", many: true, optional: true, title: "Files" },
    verdict: { kind: "verdict", many: true, optional: true, title: "Verdicts" },
  },
  outputs: { entry: { kind: "record", title: "Entries" } },
  config: z.object({
    name: z
      .string()
      .min(1, "give the entry a name")
      .default("{{graph.name}}/{{run.date}}/{{label}}")
      .meta({
        title: "Name",
        description: "Folders and file name, without the ending",
        late: [...STEP_NAMES, "label", "item"],
        control: "template",
      }),
    collection: z
      .string()
      .optional()
      .meta({ title: "Collection", description: "A shelf of the archive, like a campaign" }),
    tags: z.array(z.string()).default([]).meta({ title: "Tags", description: "Words to find it by" }),
    sidecar: z.boolean().default(true).meta({ title: "Sidecar", description: "Writes a JSON record beside each file" }),
    title: z.string().optional().meta({ title: "Title", description: "A headline for people" }),
    alt: z.string().optional().meta({
      title: "Alt text",
      description: "What the picture shows, for those who cannot see it",
      control: "longtext",
    }),
  }),
  checkWiring(_config, wired) {
    return wired.has("image") || wired.has("file")
      ? []
      : [{ code: "NOTHING_TO_ARCHIVE", port: "image", message: "Wire a picture or a file into the archive." }];
  },
  expands: (_config, { image = 0, file = 0 }) => image + file,
  async run(ctx, { image, file, verdict }, config) {
    const subjects: (ImageValue | FileValue)[] = [...image, ...file];
    const verdicts = ownVerdicts(subjects, verdict);
    const entry = [];
    for (const [index, subject] of subjects.entries()) {
      const names = { label: subject.label ?? `${subject.kind}-${index + 1}`, item: index + 1 };
      entry.push(
        await ctx.archive.put({
          subject,
          name: ctx.fill(config.name, names),
          collection: config.collection || undefined,
          tags: config.tags.map((tag) => tag.trim()).filter(Boolean),
          title: config.title || undefined,
          alt: config.alt || undefined,
          sidecar: config.sidecar,
          verdicts: verdicts[index] ?? [],
        }),
      );
    }
    return entry.length > 0 ? { entry } : {};
  },
  examples: [
    {
      name: "two pictures, two entries, numbered names",
      config: { name: "{{graph.name}}/hero-{{item}}", tags: ["hero"] },
      inputs: { image: ["@landscape", "@square"] },
      gives: ({ entry }) => {
        const names = entry?.map((value) => (value.kind === "record" ? String(value.record.name) : ""));
        return (names?.[0]?.endsWith("hero-1") && names[1]?.endsWith("hero-2")) || `names were ${names?.join(", ")}`;
      },
    },
    {
      name: "an empty list leaves nothing behind",
      inputs: { image: [] },
      gives: {},
    },
  ],
});
