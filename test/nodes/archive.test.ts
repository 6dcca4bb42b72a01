import { describe, expect, it } from "vitest";
import type { FileValue, ImageValue, VerdictValue } from "#lib/sdk/index.ts";
import archive from "#nodes/archive.ts";
import { exampleValue } from "./example-values.ts";
import { type TestContext, testContext } from "./node-context.ts";
import { runNode } from "./run-node.ts";

const verdict = (score: number): VerdictValue => ({
  kind: "verdict",
  score,
  passed: true,
  decision: "pass",
  checks: [],
  notes: "",
});
const picture = async ({ assets }: TestContext, label?: string) =>
  ({ ...(await exampleValue("@square", assets)), label }) as ImageValue;
async function fileOf(context: TestContext): Promise<FileValue> {
  const image = await picture(context);
  return { kind: "file", asset: image.asset, mediaType: "image/jpeg", bytes: 10, extension: "jpg", label: "web" };
}
const keep = async (context: TestContext, inputs: Record<string, unknown>, config: Record<string, unknown> = {}) =>
  (await runNode(archive, { config, inputs }, context)).outputs.entry;
const names = ({ entries }: TestContext) => entries.map(({ name }) => name);

describe("archive", () => {
  it("names entries by graph, day and label; pictures without a label are counted", async () => {
    const context = testContext();
    await keep(context, { image: [await picture(context, "square"), await picture(context)] });
    expect(names(context)).toEqual(["Sneaker hero/2026-11-20/square", "Sneaker hero/2026-11-20/image-2"]);
  });

  it("knows graph, run, label and 1-based item in the name, with filters", async () => {
    const context = testContext();
    const image = [await picture(context, "Web Hero"), await picture(context, "Web Hero")];
    await keep(context, { image }, { name: "{{graph.id}}/{{run.id}}/{{label|slug}}-{{item}}" });
    expect(names(context)).toEqual(["sneaker-hero/run_1/web-hero-1", "sneaker-hero/run_1/web-hero-2"]);
  });

  it("fails on a name it does not know", async () => {
    const context = testContext();
    await expect(keep(context, { image: [await picture(context)] }, { name: "{{product}}" })).rejects.toMatchObject({
      code: "UNKNOWN_VARIABLE",
    });
    expect(context.entries).toEqual([]);
  });

  it("keeps pictures first, then files, one entry each", async () => {
    const context = testContext();
    const entry = await keep(context, { image: [await picture(context, "a")], file: [await fileOf(context)] });
    expect(entry).toHaveLength(2);
    expect(context.entries.map(({ mediaType, position }) => [mediaType, position])).toEqual([
      ["image/png", 0],
      ["image/jpeg", 1],
    ]);
  });

  it("gives each picture its own verdict when there are as many, else all of them", async () => {
    const paired = testContext();
    const image = [await picture(paired, "a"), await picture(paired, "b")];
    await keep(paired, { image, verdict: [verdict(0.8), verdict(0.9)] });
    expect(paired.entries.map(({ record }) => record.verdicts)).toEqual([[verdict(0.8)], [verdict(0.9)]]);

    const shared = testContext();
    await keep(shared, { image, verdict: [verdict(0.8)] });
    expect(shared.entries.map(({ record }) => record.verdicts)).toEqual([[verdict(0.8)], [verdict(0.8)]]);
  });

  it("passes on collection, tags, title, alt text and sidecar; empty ones are left out", async () => {
    const context = testContext();
    await keep(
      context,
      { image: [await picture(context)] },
      { collection: "Spring", tags: ["hero", " "], title: "Hero", alt: "", sidecar: false },
    );
    expect(context.entries[0]).toMatchObject({ collection: "Spring", tags: ["hero"], title: "Hero", alt: undefined });
    expect(context.entries[0]?.record.sidecar).toBe(false);
  });

  it("wants a picture or a file wired in", () => {
    const config = archive.config.parse({});
    expect(archive.checkWiring?.(config, new Set(["verdict"]))).toMatchObject([{ code: "NOTHING_TO_ARCHIVE" }]);
    expect(archive.checkWiring?.(config, new Set(["file"]))).toEqual([]);
  });
});
