import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

const LINES = ["subject", "action", "environment", "lighting", "style", "camera", "details", "avoid"] as const;
const LATE = { late: ["#"], control: "longtext" };

/** `{{2}}`, also with filters; `\{{2}}` is a literal and names nothing. */
const NUMBERED = /(?<!\\)\{\{\s*(\d+)\s*(?:\|[^{}]*)?\}\}/g;

const line = (title: string, description: string) =>
  z
    .string()
    .default("")
    .meta({ title, description, ...LATE, when: { mode: "structured" } });

export default defineNode({
  type: "prompt",
  version: 1,
  title: "Prompt",
  group: "words",
  icon: "text-cursor-input",
  docs: [
    "The words a picture is made from. **Free** is one text; **structured** asks part by part and writes one line each, leaving out what is empty.",
    "",
    "Texts wired in are placed where you write `{{1}}`, `{{2}}` … (in the order of the wires). Those you do not name come first, a blank line",
    "between. Graph inputs such as `{{product}}` are filled in everywhere; `\\{{` writes the braces themselves.",
  ].join("\n"),
  effect: "pure",
  inputs: { text: { kind: "text", many: true, optional: true, title: "Texts" } },
  outputs: { text: { kind: "text", title: "Prompt" } },
  config: z.object({
    mode: z
      .enum(["free", "structured"])
      .default("free")
      .meta({ title: "Mode", description: "One text, or part by part" }),
    text: z
      .string()
      .default("")
      .meta({ title: "Text", description: "{{1}}, {{2}} … place the wired texts", ...LATE, when: { mode: "free" } }),
    subject: line("Subject", "Who or what the picture shows"),
    action: line("Action", "What happens in it"),
    environment: line("Environment", "Where it happens"),
    lighting: line("Lighting", "Direction, hardness, colour, time of day"),
    style: line("Style", "Medium, era, finish"),
    camera: line("Camera", "Lens, distance, angle, framing"),
    details: line("Details", "Small things that matter"),
    avoid: line("Avoid", "What must not appear"),
  }),
  async run(ctx, { text: upstream }, config) {
    const template =
      config.mode === "free"
        ? config.text.trim()
        : LINES.filter((name) => config[name].trim())
            .map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}: ${config[name].trim()}`)
            .join("\n");
    const named = new Set([...template.matchAll(NUMBERED)].map((match) => Number(match[1])));
    const names = Object.fromEntries(upstream.map(({ text }, index) => [String(index + 1), text]));
    const unnamed = upstream.filter((_, index) => !named.has(index + 1)).map(({ text }) => text.trim());
    const text = [...unnamed, ctx.fill(template, names)].filter(Boolean).join("\n\n");
    return { text: { kind: "text", text } };
  },
  examples: [
    {
      name: "wired texts come first, a blank line between",
      config: { text: "Golden hour, low angle." },
      inputs: { text: [{ kind: "text", text: "A trail sneaker on wet rock." }] },
      gives: { text: { kind: "text", text: "A trail sneaker on wet rock.\n\nGolden hour, low angle." } },
    },
    {
      name: "a wired text stands where its number is written",
      config: { text: "{{2}} seen through {{1}}." },
      inputs: {
        text: [
          { kind: "text", text: "morning fog" },
          { kind: "text", text: "A red kayak" },
        ],
      },
      gives: { text: { kind: "text", text: "A red kayak seen through morning fog." } },
    },
    {
      name: "structured: one line each, empty ones left out",
      config: { mode: "structured", subject: "A red kayak", lighting: "Morning fog", avoid: "People" },
      gives: { text: { kind: "text", text: "Subject: A red kayak\nLighting: Morning fog\nAvoid: People" } },
    },
  ],
});
