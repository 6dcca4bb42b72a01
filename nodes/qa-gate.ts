import * as z from "zod";
import {
  checklistRequest,
  checkTextModel,
  defineNode,
  type ImageValue,
  idsOfChecks,
  isLatin,
  JUDGE_MODEL,
  JudgedLine,
  type Line,
  linesOfBrief,
  MeasuredCheck,
  type MeasureFacts,
  MOST_CHECKS,
  MOST_LINES,
  medianSample,
  type NodeContext,
  needsReading,
  needsReferences,
  readJudged,
  readLettering,
  STANDING_QUESTIONS,
  textModelSetting,
  titleOfCheck,
  type VerdictValue,
  verdictOf,
} from "#lib/sdk/index.ts";

const share = (fallback: number, title: string, description: string) =>
  z.number().min(0).max(1).default(fallback).meta({ title, description, unit: "0–1" });

const config = z.object({
  checks: z
    .array(MeasuredCheck)
    .max(MOST_CHECKS, `at most ${MOST_CHECKS} measured checks`)
    .default([])
    .meta({ title: "Measured", description: "What is measured on the pixels; no call is made for it" }),
  checklist: z
    .array(JudgedLine)
    .max(MOST_LINES, `at most ${MOST_LINES} lines`)
    .default([...STANDING_QUESTIONS])
    .meta({ title: "Judged", description: "What a vision model is asked about the picture, all lines in one call" }),
  threshold: share(0.8, "Good enough", "From this score on a picture passes"),
  restartBelow: share(0.4, "Start over below", "Below this score a picture is drawn anew instead of changed"),
  model: textModelSetting("Judge", "The vision model that answers the checklist", JUDGE_MODEL),
  samples: z
    .int()
    .min(1)
    .max(9)
    .default(1)
    .meta({ title: "Samples", description: "How often the judge is asked; the median of each line counts" }),
});
type Config = z.output<typeof config>;
type Subject = { image: ImageValue; references: ImageValue[]; brief?: string };

const UNSENDABLE = {
  over: "This was the last pass, so it was not sent back.",
  unwired: "Nothing is wired to revision, so it was not sent back.",
};

function linesFor({ checklist }: Config, brief: string | undefined): JudgedLine[] {
  const own = new Set(checklist.map(({ id }) => id));
  return [...checklist, ...linesOfBrief(brief ?? "").filter(({ id }) => !own.has(id))].slice(0, MOST_LINES);
}

/** Asks the judge, once for all lines and as often as samples are wanted; nobody is asked when nothing is to be judged or read. */
async function askJudge(ctx: NodeContext, subject: Subject, lines: JudgedLine[], config: Config) {
  const texts = config.checks.filter(needsReading);
  const readable = texts.every((check) => check.kind !== "text" || isLatin(check.expected));
  // A reader on this machine spares the call, never the opinion: where the judge looks anyway, the judge reads.
  const local =
    texts.length > 0 && lines.length === 0 && readable ? await ctx.images.readText(subject.image) : undefined;
  const read = texts.length > 0 && local === undefined;
  if (lines.length === 0 && !read) return { answers: [], readings: local === undefined ? [] : [local] };
  const request = checklistRequest({ ...subject, lines, read, model: config.model });
  const given = await Promise.all(Array.from({ length: config.samples }, () => ctx.model.judge(request)));
  const answers = given.map(({ json }) => json);
  const costUsd = Math.round(given.reduce((sum, answer) => sum + answer.costUsd, 0) * 1e6) / 1e6;
  return { answers, readings: read ? readLettering(answers) : [], model: given[0]?.model, costUsd };
}

async function measured(
  ctx: NodeContext,
  { image, references }: Subject,
  readings: string[],
  { checks, checklist }: Config,
): Promise<Line[]> {
  const ids = idsOfChecks(
    checks,
    checklist.map(({ id }) => id),
  );
  const lines: Line[] = [];
  for (const [index, check] of checks.entries()) {
    const facts: MeasureFacts[] = needsReading(check) ? readings.map((reading) => ({ reading })) : [{ references }];
    const found = [];
    for (const about of facts) found.push(await ctx.images.measure(image, check, about));
    const { kind, weight, must } = check;
    lines.push({ id: ids[index] ?? kind, kind, title: titleOfCheck(check), weight, must, ...medianSample(found) });
  }
  return lines;
}

/** Why what does not pass cannot go round again; undefined when it can. */
async function stopped(ctx: NodeContext, { image }: Subject, verdict: VerdictValue): Promise<string | undefined> {
  const way = ctx.way("revision");
  if (way !== "open") return UNSENDABLE[way];
  const room = await ctx.money.roomFor(image);
  const needed = (room?.again ?? 0) + (verdict.costUsd ?? 0);
  if (!room || room.left >= needed) return undefined;
  // Another run may have more to spend.
  ctx.forThisRun();
  return `$${room.left.toFixed(3)} are left of the budget and another pass may cost $${needed.toFixed(3)}, so it was not sent back.`;
}

export default defineNode({
  type: "qa-gate",
  version: 1,
  title: "QA gate",
  group: "quality",
  icon: "shield-check",
  docs: [
    "Judges every picture and sends it on, round again, or out. **pass** gets what is good enough, **revision** what is to be drawn again, **reject** the rest,",
    "**verdict** one verdict per picture. Wire *revision* back to *revision* of the node that draws and say there how many passes the loop has.",
    "",
    "**Measured** checks look at the pixels: size, proportions, transparency, file size, sharpness, brand palette, similarity to the wired references, drift",
    "outside a mask, expected lettering. **Judged** lines are questions to a vision model: all of them in one call per picture (`samples` calls, of which the median",
    "of each line counts), with a score, a reason and where it looked. Without a judged line and without lettering to read, nobody is called.",
    "",
    "A wired **brief** is shown to the judge, and what stands in it below *Must* and *Must not* becomes lines of the checklist (`must-1`, `must-not-1` …),",
    "each a must. Lettering is read by the judge in the same call; where only lettering is asked for, by a local tesseract if there is one.",
    "",
    "Score = Σ weight · result ÷ Σ weight, 0–1. From *good enough* on a picture passes, unless a **must** line failed. Below *start over below* it is drawn anew from the node's",
    "own inputs with the failed lines as constraints; between the two it goes on in its own conversation with the reasons of the failed lines as the instruction. In the",
    "last pass, without a wired revision, or when the budget has no room for another pass, what does not pass leaves by **reject**, and the verdict says why.",
    "",
    "The picture itself is not touched: it keeps its conversation, and carries the verdict along, so that an archive can name it.",
  ].join("\n"),
  effect: "model",
  inputs: {
    image: { kind: "image", title: "Image" },
    brief: { kind: "text", optional: true, title: "Brief" },
    references: { kind: "image", many: true, optional: true, title: "References" },
  },
  outputs: {
    pass: { kind: "image", title: "Pass" },
    revision: { kind: "revision", title: "Revision" },
    reject: { kind: "image", title: "Reject" },
    verdict: { kind: "verdict", title: "Verdict" },
  },
  config,
  heeds: ["revision"],
  check({ threshold, restartBelow, checklist, model }) {
    const ids = checklist.map(({ id }) => id);
    const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
    return [
      ...checkTextModel(model),
      ...(restartBelow > threshold
        ? [
            {
              field: "restartBelow",
              code: "THRESHOLDS_CROSSED",
              message: `Start over below (${restartBelow}) must not be above Good enough (${threshold}).`,
            },
          ]
        : []),
      ...(twice < 0
        ? []
        : [{ field: `checklist.${twice}.id`, code: "LINE_TWICE", message: `Two lines are called ${ids[twice]}.` }]),
    ];
  },
  checkWiring({ checks, checklist }, wired) {
    const at = checks.findIndex(needsReferences);
    const missing = at >= 0 && !wired.has("references");
    const idle = checks.length === 0 && checklist.length === 0 && !wired.has("brief");
    const nothing = {
      level: "warning",
      field: "checklist",
      code: "NOTHING_TO_CHECK",
      message: "Nothing is checked here, so every picture passes: add a check, a line, or wire a brief.",
    };
    return [
      ...(missing
        ? [
            {
              port: "references",
              field: `checks.${at}`,
              code: "REFERENCE_MISSING",
              message: "Similarity needs something to compare with: wire pictures into references.",
            },
          ]
        : []),
      ...(idle ? [nothing] : []),
    ];
  },
  guess({ image }, { threshold }, { way }) {
    const verdict: VerdictValue = {
      kind: "verdict",
      of: image.asset,
      score: threshold,
      passed: false,
      decision: "iterate",
      checks: [],
      notes: "",
    };
    return way("revision") === "open"
      ? { revision: { kind: "revision", image, notes: "", mode: "iterate" }, verdict }
      : { pass: image, reject: image, verdict };
  },
  async run(ctx, { image, brief, references }, config) {
    const subject = { image, references, brief: brief?.text };
    const lines = linesFor(config, brief?.text);
    const { answers, readings, model, costUsd } = await askJudge(ctx, subject, lines, config);
    const judged = readJudged(answers, lines);
    const all: Line[] = [
      ...lines.map((line): Line => {
        const found = judged.get(line.id) ?? { score: 0, reason: "" };
        return { ...line, kind: "judged", passed: found.score >= config.threshold, ...found };
      }),
      ...(await measured(ctx, subject, readings, config)),
    ];
    const wish = verdictOf(all, config, { model, costUsd });
    const why = wish.decision === "pass" ? undefined : await stopped(ctx, subject, wish);
    const verdict: VerdictValue = { ...verdictOf(all, config, { stopped: why, model, costUsd }), of: image.asset };
    const seen: ImageValue = { ...image, verdicts: [...(image.verdicts ?? []), verdict] };
    switch (verdict.decision) {
      case "pass":
        return { pass: seen, verdict };
      case "reject":
        return { reject: seen, verdict };
      default:
        return { revision: { kind: "revision", image: seen, notes: verdict.notes, mode: verdict.decision }, verdict };
    }
  },
  examples: [
    {
      name: "a picture the judge likes passes untouched, with its verdict",
      inputs: { image: "@drawn" },
      gives: ({ pass, revision, reject, verdict }) => {
        const [picture, told] = [pass?.[0], verdict?.[0]];
        if (picture?.kind !== "image" || told?.kind !== "verdict" || revision || reject) return "it should pass";
        if (picture.turn?.asset !== picture.asset) return "the conversation should stay as it is";
        if (told.of !== picture.asset || picture.verdicts?.length !== 1) return "the verdict should be the picture's";
        return told.checks.length === 5 || `${told.checks.length} lines were judged`;
      },
    },
    {
      name: "what is measured needs no judge: a picture that is too small is rejected, since nothing is wired to draw it again",
      config: { checklist: [], checks: [{ kind: "dimensions", width: 1024, height: 1024, compare: "at-least" }] },
      inputs: { image: "@landscape" },
      gives: ({ reject, verdict }) => {
        const told = verdict?.[0];
        if (reject?.length !== 1 || told?.kind !== "verdict") return "it should be rejected";
        return (told.notes.includes("sent back") && told.model === undefined) || told.notes;
      },
    },
    {
      name: "demands of a brief become lines of the checklist",
      config: { checklist: [] },
      inputs: {
        image: "@landscape",
        brief: { kind: "text", text: "## Must\n- A low sun\n\n## Must not\n- Logos of others" },
      },
      gives: ({ verdict }) => {
        const told = verdict?.[0];
        const ids = told?.kind === "verdict" ? told.checks.map(({ id }) => id).join(" ") : "";
        return ids === "must-1 must-not-1" || `the lines were ${ids}`;
      },
    },
  ],
});
