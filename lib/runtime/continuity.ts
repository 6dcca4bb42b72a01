import { localName } from "../engine/expand-graph.ts";
import type { Catalogue } from "../engine/types.ts";
import type { Graph } from "../protocol/graph.ts";
import type { Continuity, PicturePair } from "../protocol/quality.ts";
import type { AssetId, ImageValue, Value } from "../protocol/values.ts";
import { type Fingerprint, likenessOf } from "../sdk/likeness.ts";
import { graphOfRun } from "./graph-of-run.ts";
import { AssetMissing, type AssetStore, type ImageOps, type Journal, type StepRecord } from "./ports.ts";

/** Pictures compared at once: every one with every other. */
const MOST_PICTURES = 24;
/** A mean likeness this far below the middle one stands out, whatever the others do. */
const LEAST_GAP = 0.08;
/** How many times the usual distance from the middle stands out. */
const FAR = 3;
/** Makes a median distance comparable with a standard deviation. */
const MAD_TO_SIGMA = 1.4826;

type Final = { image: ImageValue; title: string };

/** The pictures a run came to: those of nodes after which no node gives pictures, without the rejected ones, each once. In the order of the graph. */
export function finalPictures({ nodes, edges }: Graph, records: readonly StepRecord[]): Final[] {
  const given = new Map<string, ImageValue[]>();
  for (const { nodeId, outputs } of [...records].sort((a, b) => a.pass - b.pass)) {
    const images = Object.values(outputs ?? {}).flatMap((values) => values.flatMap(imageIn));
    if (images.length > 0) given.set(nodeId, [...(given.get(nodeId) ?? []), ...images]);
  }
  const after = (id: string, seen = new Set<string>()): Set<string> => {
    for (const { source, target, loop } of edges)
      if (source === id && !loop && !seen.has(target)) after(target, seen.add(target));
    return seen;
  };
  const seen = new Set<AssetId>();
  return nodes.flatMap(({ id, title }) => {
    const images = given.get(id);
    if (!images || [...after(id)].some((next) => given.has(next))) return [];
    return images
      .filter(({ verdicts }) => verdicts?.at(-1)?.decision !== "reject")
      .filter(({ asset }) => !seen.has(asset) && seen.add(asset))
      .map((image) => ({ image, title: title || localName(id) }));
  });
}

function imageIn(value: Value): ImageValue[] {
  if (value.kind === "image") return [value];
  return value.kind === "file" && value.image ? [value.image] : [];
}

/** Every picture with every other, and which of them stand out: by three times the median distance of the means from their median, at least 0.08. */
export function compareAll(prints: readonly Fingerprint[]): {
  pairs: PicturePair[];
  means: (number | undefined)[];
  outliers: boolean[];
} {
  const pairs: PicturePair[] = [];
  const sums = prints.map(() => 0);
  for (const [a, one] of prints.entries()) {
    for (const [b, other] of prints.entries()) {
      if (b <= a) continue;
      const { both, colors, layout } = likenessOf(one, other);
      pairs.push({ a, b, both: round(both), colors: round(colors), layout: round(layout) });
      sums[a] = (sums[a] ?? 0) + both;
      sums[b] = (sums[b] ?? 0) + both;
    }
  }
  const means = sums.map((sum) => sum / (prints.length - 1));
  const middle = median(means);
  const usual = median(means.map((mean) => Math.abs(mean - middle)));
  const gap = Math.max(LEAST_GAP, FAR * MAD_TO_SIGMA * usual);
  return {
    pairs,
    means: means.map((mean) => (prints.length > 1 ? round(mean) : undefined)),
    // Of two pictures neither can be told to be the odd one.
    outliers: means.map((mean) => prints.length > 2 && mean < middle - gap),
  };
}

const round = (share: number): number => Math.round(share * 1000) / 1000;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

type Ports = { journal: Journal; catalogue: Catalogue; assets: AssetStore; ops: Pick<ImageOps, "fingerprint"> };

/** How alike the final pictures of a run are; undefined for an unknown run. Reads each picture once, one after the other. */
export async function runContinuity(
  { journal, catalogue, assets, ops }: Ports,
  runId: string,
): Promise<Continuity | undefined> {
  const row = await journal.getRun(runId);
  const graph = row && (await graphOfRun({ journal, catalogue }, row))?.expanded.graph;
  if (!graph) return undefined;
  const all = finalPictures(graph, await journal.steps(runId));
  const found: (Final & { print: Fingerprint })[] = [];
  for (const final of all.slice(0, MOST_PICTURES)) {
    try {
      found.push({ ...final, print: await ops.fingerprint(await assets.get(final.image.asset)) });
    } catch (error) {
      if (!(error instanceof AssetMissing)) throw error;
    }
  }
  const { pairs, means, outliers } = compareAll(found.map(({ print }) => print));
  const pictures = found.map(({ image: { asset, width, height }, title }, index) => {
    const mean = means[index];
    return { asset, width, height, title, ...(mean === undefined ? {} : { mean }), outlier: outliers[index] ?? false };
  });
  return { pictures, pairs, leftOut: all.length - found.length };
}
