import type { LineagePicture } from "../../protocol/entry-record.ts";
import type { Graph } from "../../protocol/graph.ts";
import type { AssetId, ImageValue, Provenance, Value } from "../../protocol/values.ts";
import type { StepRecord } from "../ports.ts";

/** What is known of a picture on the way to a final one. */
export type KnownPicture = {
  asset: AssetId;
  made?: Provenance;
  /** The name of the node that made it, as people gave it. */
  title?: string;
  mediaType?: string;
  width?: number;
  height?: number;
};
export type Lineage = ReadonlyMap<AssetId, KnownPicture>;

/** All pictures the steps of a run gave, the first telling of each. */
export function lineageOfSteps(steps: readonly StepRecord[], graph: Graph | undefined): Map<AssetId, KnownPicture> {
  const titles = new Map(graph?.nodes.map(({ id, title }) => [id, title || id]));
  const found = new Map<AssetId, KnownPicture>();
  const keep = (value: Value, nodeId: string): void => {
    if (value.kind === "file" && value.image && !found.has(value.asset)) {
      const { asset, mediaType, image } = value;
      found.set(asset, { asset, made: encoded([image.asset]), title: titles.get(nodeId) ?? nodeId, mediaType });
    }
    const image = imageOf(value);
    if (!image || found.has(image.asset)) return;
    const { asset, made, mediaType, width, height } = image;
    const maker = made.node ?? nodeId;
    found.set(asset, { asset, made, title: titles.get(maker) ?? maker, mediaType, width, height });
  };
  for (const { nodeId, outputs } of steps) for (const value of Object.values(outputs ?? {}).flat()) keep(value, nodeId);
  return found;
}

const imageOf = (value: Value): ImageValue | undefined => {
  if (value.kind === "revision") return value.image;
  if (value.kind === "file") return value.image;
  return value.kind === "image" ? value : undefined;
};

/** The same from a companion record, which outlives its run. */
export const lineageOfRecord = (pictures: readonly LineagePicture[]): Map<AssetId, KnownPicture> =>
  new Map(
    pictures.map(({ asset, made, node, mediaType, width, height, parents }) => [
      asset,
      { asset, made: made ? { parents, ...made } : encoded(parents), title: node?.title, mediaType, width, height },
    ]),
  );

/** A file that holds a picture tells nothing of its own making. */
const encoded = (parents: AssetId[]): Provenance | undefined =>
  parents.length === 0 ? undefined : { by: "local", parents, steps: [{ op: "encode", params: {} }] };

/** A picture and those it was changed from by local work, oldest first: the first is what a model drew or somebody brought. */
export function localChain(asset: AssetId, lineage: Lineage): KnownPicture[] {
  const chain: KnownPicture[] = [];
  const seen = new Set<AssetId>();
  for (let at: AssetId | undefined = asset; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const known: KnownPicture = lineage.get(at) ?? { asset: at };
    chain.unshift(known);
    at = known.made?.by === "local" ? known.made.parents?.[0] : undefined;
  }
  return chain;
}
