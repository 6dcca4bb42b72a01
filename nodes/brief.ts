import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";

const HexColor = z
  .string()
  .regex(/^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i, "a colour is written like #1A2B3C")
  .meta({ control: "color" });
const longText = (title: string, description: string) =>
  z.string().default("").meta({ title, description, control: "longtext" });

const paragraph = (heading: string, text: string) => (text.trim() ? `## ${heading}\n${text.trim()}` : undefined);
const bullets = (heading: string, lines: string[]) =>
  paragraph(
    heading,
    lines
      .filter((line) => line.trim())
      .map((line) => `- ${line.trim()}`)
      .join("\n"),
  );

export default defineNode({
  type: "brief",
  version: 1,
  title: "Brief",
  group: "words",
  icon: "clipboard-list",
  docs: [
    "What the campaign is about, written once and used everywhere. Wire it into a **spec sheet**, where it becomes a section of its",
    "own, and into a **QA gate**, which checks pictures against *Must* and *Must not*. Parts left empty are left out.",
  ].join("\n"),
  effect: "pure",
  inputs: {},
  outputs: { text: { kind: "text", title: "Brief" } },
  config: z.object({
    objective: longText("Objective", "What the pictures are to achieve"),
    message: longText("Message", "The one thing people should take away"),
    audience: longText("Audience", "Who will see them"),
    colors: z.array(HexColor).default([]).meta({ title: "Brand colours", description: "Hex values like #1A2B3C" }),
    typography: longText("Typography", "Typefaces and how lettering is set"),
    must: z.array(z.string()).default([]).meta({ title: "Must", description: "What every picture has to show" }),
    avoid: z.array(z.string()).default([]).meta({ title: "Must not", description: "What no picture may show" }),
  }),
  async run(_ctx, _inputs, brief) {
    const parts = [
      paragraph("Objective", brief.objective),
      paragraph("Message", brief.message),
      paragraph("Audience", brief.audience),
      bullets("Brand colours", brief.colors),
      paragraph("Typography", brief.typography),
      bullets("Must", brief.must),
      bullets("Must not", brief.avoid),
    ];
    return { text: { kind: "text", text: parts.filter((part) => part !== undefined).join("\n\n") } };
  },
  examples: [
    {
      name: "every part under its heading",
      config: {
        objective: "Launch the trail sneaker",
        message: "Grip you can trust",
        audience: "Weekend runners",
        colors: ["#FF5A1F", "#102A43"],
        typography: "Bold grotesque, set tight",
        must: ["Show the outsole", "One shoe only"],
        avoid: ["Logos of others"],
      },
      gives: {
        text: {
          kind: "text",
          text: [
            "## Objective\nLaunch the trail sneaker",
            "## Message\nGrip you can trust",
            "## Audience\nWeekend runners",
            "## Brand colours\n- #FF5A1F\n- #102A43",
            "## Typography\nBold grotesque, set tight",
            "## Must\n- Show the outsole\n- One shoe only",
            "## Must not\n- Logos of others",
          ].join("\n\n"),
        },
      },
    },
    {
      name: "empty parts are left out",
      config: { message: "Warm on the coldest day", must: ["Steam over the cup", " "] },
      gives: {
        text: { kind: "text", text: "## Message\nWarm on the coldest day\n\n## Must\n- Steam over the cup" },
      },
    },
  ],
});
