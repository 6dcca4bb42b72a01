import { combinePass, passIndices } from "./passes.ts";
import { type Arrival, arrivals, loopFeeding } from "./read-edge.ts";
import type { Plan, PlanLoop, PlanNode, Steps } from "./types.ts";

/*
 * Items are traced through loops. In a later pass a step works on what came round again, and of every list that comes from outside the
 * loop it must find the value that belongs to each of them. That is the one the same thing was given when it went through this node before:
 *
 *  1. A value is followed back to the item that made it (`StepRow.from`), and from the item to the values it took, over wires inside the
 *     loop and over the loop edge into the pass before, until an earlier item of this very node is met.
 *  2. What that item took from the list is taken again; where it was itself in a later pass, the same holds for it.
 *  3. A list of one value is shared, as ever, and needs no trace.
 *
 * A trace ends where a port takes several values at once: none of them alone is what came round again.
 */

/** One item of one step. */
export type ItemRef = { pass: number; item: number };
type Place = { node: PlanNode; at: readonly number[]; item: number };

/** The innermost loop around a node that is past its first pass. */
export const laterLoop = (node: PlanNode, at: readonly number[]): PlanLoop | undefined =>
  node.loops.findLast((loop) => (at[loop.depth] ?? 0) > 0);

/** Does what arrives at a port in this pass come from the same turn of a loop, or over its loop edge from the turn before? */
export function comesFromInside(node: PlanNode, port: string, at: readonly number[], loop: PlanLoop): boolean {
  const feeding = loopFeeding(node, port, at);
  if (feeding) return feeding.depth >= loop.depth;
  const edges = node.incoming.get(port) ?? [];
  return edges.length > 0 && edges.every((edge) => loop.body.has(edge.source));
}

/** Follows items of one run back; remembers what it found, so ask one tracer for all items of a step. */
export class Tracer {
  private readonly plan: Plan;
  private readonly steps: Steps;
  private readonly lists = new Map<string, Arrival[]>();
  private readonly picks = new Map<string, readonly number[] | undefined>();

  constructor(plan: Plan, steps: Steps) {
    this.plan = plan;
    this.steps = steps;
  }

  /**
   * Which value of a list from outside the loop belongs to each of `items` items, by index; undefined when one of them cannot be told, as
   * in every first pass.
   */
  belonging(node: PlanNode, at: readonly number[], port: string, items: number): readonly number[] | undefined {
    const key = `${node.id}@${combinePass(node, at)}.${port}`;
    if (this.picks.has(key)) return this.picks.get(key);
    const found: number[] = [];
    for (let item = 0; item < items; item++) {
      const before = this.before(node, at, item);
      const index = before && this.taken({ node, ...before }, port);
      if (index !== undefined) found.push(index);
    }
    const all = found.length === items ? found : undefined;
    this.picks.set(key, all);
    return all;
  }

  /** The item of the same node that this item was the last time it went round; undefined when it has not been here before. */
  before(node: PlanNode, at: readonly number[], item: number): { at: readonly number[]; item: number } | undefined {
    const loop = laterLoop(node, at);
    if (!loop) return undefined;
    const seen = new Set<string>();
    const open: Place[] = [{ node, at, item }];
    for (let place = open.pop(); place; place = open.pop()) {
      if (place.node === node && (place.at[loop.depth] ?? 0) < (at[loop.depth] ?? 0)) return place;
      const key = `${place.node.id}@${combinePass(place.node, place.at)}#${place.item}`;
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(...this.sources(place, loop).reverse());
    }
    return undefined;
  }

  /** The items that made what an item took over wires inside the loop, in the order of its ports. */
  private sources(place: Place, loop: PlanLoop): Place[] {
    return Object.keys(place.node.shape.inputs).flatMap((port) => {
      if (!comesFromInside(place.node, port, place.at, loop)) return [];
      const index = this.taken(place, port);
      const made = index === undefined ? undefined : this.maker(place, port, index);
      return made ? [made] : [];
    });
  }

  /** Which value of a port's list an item took; undefined for none and for several at once. */
  private taken({ node, at, item }: Place, port: string): number | undefined {
    const length = this.length(node, at, port);
    if (length < 2) return length === 1 ? 0 : undefined;
    if (node.shape.inputs[port]?.many) return undefined;
    const loop = laterLoop(node, at);
    if (!loop || comesFromInside(node, port, at, loop)) return item < length ? item : undefined;
    const index = this.belonging(node, at, port, this.itemsInside(node, at, loop))?.[item] ?? item;
    return index < length ? index : undefined;
  }

  /** How many items came round: the longest list at a single-valued port that comes from inside the loop. */
  itemsInside(node: PlanNode, at: readonly number[], loop: PlanLoop): number {
    const lengths = Object.entries(node.shape.inputs).map(([port, { many }]) =>
      many || !comesFromInside(node, port, at, loop) ? 0 : this.length(node, at, port),
    );
    return Math.max(0, ...lengths);
  }

  private maker({ node, at }: Place, port: string, index: number): Place | undefined {
    let rest = index;
    for (const { node: source, row, port: handle, values } of this.list(node, at, port)) {
      if (rest < values.length)
        return { node: source, at: passIndices(source, row.pass), item: row.from?.[handle]?.[rest] ?? rest };
      rest -= values.length;
    }
    return undefined;
  }

  private length(node: PlanNode, at: readonly number[], port: string): number {
    return this.list(node, at, port).reduce((sum, { values }) => sum + values.length, 0);
  }

  private list(node: PlanNode, at: readonly number[], port: string): Arrival[] {
    const key = `${node.id}@${combinePass(node, at)}.${port}`;
    const known = this.lists.get(key);
    if (known) return known;
    const found = arrivals(this.plan, this.steps, node, port, at) ?? [];
    this.lists.set(key, found);
    return found;
  }
}

/**
 * The item of the same node that an item of a later pass was before it went round: what draws the story of a picture through its passes.
 * Undefined in a first pass, and for an item that cannot be told from others.
 */
export function earlierItem(plan: Plan, steps: Steps, nodeId: string, { pass, item }: ItemRef): ItemRef | undefined {
  const node = plan.nodes.get(nodeId);
  const found = node && new Tracer(plan, steps).before(node, passIndices(node, pass), item);
  return found && node ? { pass: combinePass(node, found.at), item: found.item } : undefined;
}
