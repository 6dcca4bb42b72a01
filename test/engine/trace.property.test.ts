import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gather } from "#lib/engine/gather.ts";
import { passIndices } from "#lib/engine/passes.ts";
import { planGraph } from "#lib/engine/plan.ts";
import { arrivals } from "#lib/engine/read-edge.ts";
import { earlierItem, frontier, parseStepKey, stepKey } from "#lib/engine/settle.ts";
import type { Catalogue, Plan, PlanNode, StepRow } from "#lib/engine/types.ts";
import type { Outputs, Value } from "#lib/protocol/values.ts";
import { graph, shape } from "./small-catalogue.ts";

/*
 * A random chain of nodes inside a loop, perhaps with a loop inside it. Every node is also wired to a list of its own from outside, which
 * is as long as the items of its first pass (or one, shared). Each value remembers what was taken for it where: in later passes the same must be
 * taken again, whatever was split, multiplied, dropped or sent round in between.
 */

const any = { kind: "any" } as const;
const soft = { kind: "any", optional: true } as const;
const SHAPES = [
  shape("list", { outputs: { x: any } }),
  shape("body", { inputs: { in: any, back: soft, outer: soft, beside: soft }, outputs: { x: any, again: any } }),
  shape("end", { inputs: { all: { kind: "any", many: true } }, outputs: { x: any } }),
];
const CATALOGUE: Catalogue = { get: (type) => SHAPES.find((known) => known.type === type), types: () => [] };

type Told = { id: string; took: Record<string, string> };
const told = (value: Value): Told => JSON.parse(value.kind === "text" ? value.text : "{}") as Told;
const tell = (told: Told): Value => ({ kind: "text", text: JSON.stringify(told) });
const mix = (text: string, seed: number): number => {
  let h = seed >>> 0;
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 0x01000193) >>> 0;
  return (h ^ (h >>> 13)) >>> 0;
};

type World = {
  seed: number;
  roots: number;
  chain: number;
  passes: number;
  inner?: { from: number; to: number; passes: number };
  shared: boolean[];
};
const world: fc.Arbitrary<World> = fc
  .record({
    seed: fc.integer({ min: 1, max: 1 << 30 }),
    roots: fc.integer({ min: 1, max: 4 }),
    chain: fc.integer({ min: 1, max: 5 }),
    passes: fc.integer({ min: 1, max: 4 }),
    from: fc.nat(4),
    length: fc.nat(3),
    innerPasses: fc.integer({ min: 0, max: 3 }),
    shared: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  })
  .map(({ from, length, innerPasses, ...rest }) => {
    const to = from + length;
    const nests = innerPasses > 0 && to < rest.chain && length + 1 < rest.chain;
    return { ...rest, ...(nests ? { inner: { from, to, passes: innerPasses } } : {}) };
  });

function planOf({ chain, passes, inner }: World): Plan {
  const ids = Array.from({ length: chain }, (_, i) => `b${i}`);
  const last = ids.at(-1);
  const document = graph(
    ["roots:list", ...ids.map((id) => `${id}:body`), ...ids.map((id) => `${id}list:list`), "end:end"],
    [
      "roots.x > b0.in",
      ...ids.slice(1).map((id, i) => `b${i}.x > ${id}.in`),
      ...ids.map((id) => `${id}list.x > ${id}.beside`),
      `${last}.x > end.all`,
      `${last}.again > b0.outer x${passes}`,
      ...(inner ? [`b${inner.to}.again > b${inner.from}.back x${inner.passes}`] : []),
    ],
  );
  const { plan, problems } = planGraph(document, CATALOGUE, { inputs: {} });
  if (!plan) throw new Error(JSON.stringify(problems));
  return plan;
}

/** Where an item goes: on, round again, or nowhere. Only the nodes that close a loop send anything round. */
function fate(w: World, node: PlanNode, id: string): "x" | "again" | "lost" {
  const closes = node.id === `b${w.chain - 1}` || (w.inner && node.id === `b${w.inner.to}`);
  if (!closes) return "x";
  const chance = mix(id, w.seed) % 10;
  return chance < 5 ? "again" : chance < 9 ? "x" : "lost";
}

function perform(w: World, plan: Plan, steps: Map<string, StepRow>, nodeId: string, pass: number): StepRow {
  const node = plan.nodes.get(nodeId) as PlanNode;
  const outputs: Outputs = {};
  const from: Record<string, number[]> = {};
  const { items } = gather(plan, steps, nodeId, pass);
  items.forEach((item, index) => {
    const single = (port: string) => {
      const value = item[port];
      return value && !Array.isArray(value) ? told(value) : undefined;
    };
    const at = passIndices(node, pass);
    const innermost = node.loops.length > 1 && (at[1] ?? 0) > 0;
    const base =
      (innermost ? single("back") : undefined) ?? ((at[0] ?? 0) > 0 ? single("outer") : undefined) ?? single("in");
    if (!base) throw new Error(`${nodeId}@${pass} received nothing`);
    const took = { ...base.took };
    for (const port of ["in", "outer", "beside"]) {
      const given = single(port)?.id;
      const name = `${nodeId}.${port}`;
      if (given === undefined) continue;
      const outside = port === "beside" || base.id !== given;
      // What the thing was given when it was here before, it is given again.
      if (outside && took[name] !== undefined) expect(`${name}=${given}`).toBe(`${name}=${took[name]}`);
      took[name] = given;
    }
    const copies = 1 + (mix(`${base.id}/${nodeId}`, w.seed) % 5 === 0 ? 1 : 0);
    for (let copy = 0; copy < copies; copy++) {
      const id = `${base.id}.${nodeId}${copy}`;
      const port = fate(w, node, id);
      if (port === "lost") continue;
      outputs[port] = [...(outputs[port] ?? []), tell({ id, took })];
      from[port] = [...(from[port] ?? []), index];
    }
  });
  return { nodeId, pass, state: "done", outputs, from };
}

/** Drives a run by the law alone; the lists beside the chain are made as long as their node's first items. */
function drive(w: World, plan: Plan): Map<string, StepRow> {
  const steps = new Map<string, StepRow>();
  const put = (row: StepRow) => steps.set(stepKey(row.nodeId, row.pass), row);
  const list = (nodeId: string, length: number) =>
    put({
      nodeId,
      pass: 0,
      state: "done",
      outputs: { x: Array.from({ length }, (_, i) => tell({ id: `${nodeId}${i}`, took: {} })) },
    });
  list("roots", w.roots);
  for (;;) {
    for (let i = 0; i < w.chain; i++) {
      const node = plan.nodes.get(`b${i}`) as PlanNode;
      const first = steps.has(`b${i}list@0`) ? undefined : arrivals(plan, steps, node, "in", [0, 0]);
      if (first) list(`b${i}list`, w.shared[i] ? 1 : Math.max(1, first.flatMap(({ values }) => values).length));
    }
    const ready = [...frontier(plan, steps)].filter(([key]) => !key.includes("list"));
    if (ready.length === 0) return steps;
    for (const [key, ruling] of ready) {
      const { nodeId, pass } = parseStepKey(key);
      if (ruling.act === "skip") put({ nodeId, pass, state: "skipped" });
      else if (ruling.act !== "start") throw new Error(`${key} should not ${ruling.act}`);
      else if (nodeId === "end") put({ nodeId, pass, state: "done", outputs: {} });
      else put(perform(w, plan, steps, nodeId, pass));
    }
  }
}

/** The same without lists, steps and ports: each thing goes its own way. */
function leaves(w: World, plan: Plan): string[] {
  const go = (id: string, i: number, outer: number, inner: number): string[] => {
    const node = plan.nodes.get(`b${i}`) as PlanNode;
    const copies = 1 + (mix(`${id}/b${i}`, w.seed) % 5 === 0 ? 1 : 0);
    return Array.from({ length: copies }, (_, copy) => `${id}.b${i}${copy}`).flatMap((made) => {
      const way = fate(w, node, made);
      if (way === "lost") return [];
      if (way === "x")
        return i + 1 === w.chain ? [made] : go(made, i + 1, outer, w.inner && i < w.inner.to ? inner : 0);
      const found: string[] = [];
      if (w.inner && i === w.inner.to && inner + 1 < w.inner.passes)
        found.push(...go(made, w.inner.from, outer, inner + 1));
      if (i + 1 === w.chain && outer + 1 < w.passes) found.push(...go(made, 0, outer + 1, 0));
      return found;
    });
  };
  return Array.from({ length: w.roots }, (_, i) => go(`roots${i}`, 0, 0, 0)).flat();
}

describe("whatever is split, multiplied, dropped and sent round", () => {
  test("every item is given again what belongs to it, and nothing is lost or comes twice", () => {
    let later = 0;
    fc.assert(
      fc.property(world, (w) => {
        const plan = planOf(w);
        const steps = drive(w, plan);
        const end = plan.nodes.get("end") as PlanNode;
        const left = (arrivals(plan, steps, end, "all", []) ?? []).flatMap(({ values }) =>
          values.map((v) => told(v).id),
        );
        expect(left.toSorted()).toEqual(leaves(w, plan).toSorted());
        for (const { pass, nodeId } of steps.values()) if (pass > 0 && nodeId.startsWith("b")) later += 1;
      }),
      { numRuns: 600 },
    );
    expect(later).toBeGreaterThan(600);
  });

  test("an item of a later pass is followed back to the very item it was", () => {
    fc.assert(
      fc.property(world, (w) => {
        const plan = planOf({ ...w, inner: undefined });
        const steps = drive({ ...w, inner: undefined }, plan);
        const source = `b${w.chain - 1}`;
        for (let pass = 1; pass < w.passes; pass++) {
          const row = steps.get(stepKey(source, pass));
          for (const port of ["x", "again"]) {
            row?.outputs?.[port]?.forEach((value, k) => {
              const item = row.from?.[port]?.[k] ?? k;
              const before = earlierItem(plan, steps, source, { pass, item });
              const made = steps.get(stepKey(source, pass - 1));
              const sent = made?.outputs?.again?.filter((_, i) => made.from?.again?.[i] === before?.item) ?? [];
              expect(before?.pass).toBe(pass - 1);
              expect(sent.some((one) => told(value).id.startsWith(`${told(one).id}.`))).toBe(true);
            });
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
