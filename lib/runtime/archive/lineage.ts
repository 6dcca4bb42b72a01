import type { LineagePicture } from "../../protocol/entry-record.ts";
import type { AssetId, ImageValue, Value } from "../../protocol/values.ts";
import type { CallRow, StepRecord } from "../ports.ts";

/** Pictures a record names at most; a longer way is cut where it is oldest. */
const MOST_PICTURES = 400;

/** Where in the run a picture came to be: which node, in which pass, from which item. */
type Place = { nodeId: string; pass: number; item: number };
type Known = { value: ImageValue; place: Place; through: Place[] };
type Node = { id: string; title: string; type: string };

/** The calls behind a lineage, by the item that made them. */
export type CallsOfItem = (place: Place) => readonly CallRow[];

/**
 * The way from references to a final picture, oldest first: every picture by its hash, with what it was made from, the node that made it and those it
 * passed through unchanged. `steps` in the order of the plan. Pure.
 */
export function lineageOf(
  asset: AssetId,
  steps: readonly StepRecord[],
  nodes: ReadonlyMap<string, Node>,
  calls: CallsOfItem = () => [],
): LineagePicture[] {
  const known = picturesOf(steps);
  const drawn = new Map<AssetId, CallRow>();
  for (const { place, through } of known.values())
    for (const at of [place, ...through])
      for (const call of calls(at))
        for (const picture of givenBy(call)) if (!drawn.has(picture)) drawn.set(picture, call);
  const found = new Map<AssetId, LineagePicture>();
  const visit = (one: AssetId): void => {
    if (found.has(one) || found.size >= MOST_PICTURES) return;
    // Its place is taken before its parents are visited: a picture cannot be its own ancestor.
    const picture = tell(one, known, nodes, drawn.get(one));
    found.set(one, picture);
    for (const parent of picture.parents) visit(parent);
  };
  visit(asset);
  return oldestFirst(found);
}

/** Where the pictures of a lineage were made and judged. */
export function placesOf(lineage: readonly LineagePicture[], steps: readonly StepRecord[]): Place[] {
  const known = picturesOf(steps);
  return lineage.flatMap(({ asset }) => {
    const one = known.get(asset);
    return one ? [one.place, ...one.through] : [];
  });
}

/** The first step that gave a picture made it or brought it in; the others handed it on. */
function picturesOf(steps: readonly StepRecord[]): Map<AssetId, Known> {
  const found = new Map<AssetId, Known>();
  for (const { nodeId, pass, outputs, from } of steps)
    for (const [port, values] of Object.entries(outputs ?? {}))
      for (const [index, value] of values.entries())
        for (const image of imagesIn(value)) {
          const place = { nodeId, pass, item: from?.[port]?.[index] ?? index };
          const before = found.get(image.asset);
          const made = image.made.node === nodeId;
          if (!before) found.set(image.asset, { value: image, place, through: [] });
          else if (made && before.value.made.node !== before.place.nodeId)
            found.set(image.asset, { value: image, place, through: [before.place, ...before.through] });
          else before.through.push(place);
        }
  return found;
}

function imagesIn(value: Value): ImageValue[] {
  if (value.kind === "image") return [value];
  if (value.kind === "revision") return [value.image];
  if (value.kind === "file") return value.image ? [value.image] : [];
  return value.kind === "spec" ? (value.samples ?? []) : [];
}

const givenBy = ({ answer }: CallRow): AssetId[] =>
  ((answer?.pictures ?? []) as { asset?: AssetId }[]).flatMap(({ asset }) => (asset ? [asset] : []));

function tell(
  asset: AssetId,
  known: ReadonlyMap<AssetId, Known>,
  nodes: ReadonlyMap<string, Node>,
  call: CallRow | undefined,
): LineagePicture {
  const one = known.get(asset);
  if (!one) return fromCall(asset, nodes, call);
  const { value, place, through } = one;
  const { width, height, mediaType, role, note, label, turn, made } = value;
  const parents = [...new Set(made.parents ?? [])].filter((parent) => parent !== asset);
  const handedOn = [...new Set(through.map(({ nodeId }) => nodeId))].filter((id) => id !== place.nodeId);
  return {
    ...{ asset, parents, node: nodes.get(place.nodeId), pass: place.pass, item: place.item },
    ...(handedOn.length > 0 ? { through: handedOn } : {}),
    ...{ width, height, mediaType, role, note, label },
    ...(turn?.asset === asset || made.by === "model" ? { turn } : {}),
    continues: made.by === "model" && turn && turn.depth > 1 ? before(turn.depth, parents, known) : undefined,
    made,
  };
}

/** The parent whose conversation went on: its turn is the one before. */
const before = (depth: number, parents: readonly AssetId[], known: ReadonlyMap<AssetId, Known>): AssetId | undefined =>
  parents.find((parent) => known.get(parent)?.value.turn?.depth === depth - 1);

/** A picture that never left its node, say what a model drew before a lock put the old pixels back: the ledger knows what it was made from. */
function fromCall(asset: AssetId, nodes: ReadonlyMap<string, Node>, call: CallRow | undefined): LineagePicture {
  if (!call) return { asset, parents: [] };
  const images = (call.request.images ?? []) as AssetId[];
  return {
    ...{ asset, parents: images.filter((image) => image !== asset), node: nodes.get(call.nodeId), pass: call.pass },
    made: { by: "model", node: call.nodeId, run: call.runId, responseId: call.responseId },
  };
}

/** Parents before children; among equals as they were found. */
function oldestFirst(found: ReadonlyMap<AssetId, LineagePicture>): LineagePicture[] {
  const sorted: LineagePicture[] = [];
  const done = new Set<AssetId>();
  const put = (picture: LineagePicture): void => {
    if (done.has(picture.asset)) return;
    done.add(picture.asset);
    for (const parent of picture.parents) {
      const one = found.get(parent);
      if (one) put(one);
    }
    sorted.push(picture);
  };
  for (const picture of found.values()) put(picture);
  return sorted;
}
