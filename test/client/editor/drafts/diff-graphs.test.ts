import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffGraphs, type GraphChange } from "#lib/client/editor/drafts/diff-graphs.ts";
import { sameDocument } from "#lib/client/editor/drafts/same-document.ts";
import { moveNodes, renameNode, setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { anyGraph } from "./arbitrary-graphs.ts";
import { aGraph } from "./ports.ts";

const graph = aGraph({ a: "one", b: "two" });

describe("the difference of two documents", () => {
  it("of equal ones is empty", () => {
    fc.assert(
      fc.property(anyGraph, (one) => {
        expect(diffGraphs(one, structuredClone(one))).toEqual([]);
      }),
    );
  });

  it("names what happened to a node: added, removed, moved, renamed, a setting changed", () => {
    expect(diffGraphs(aGraph({ a: "one" }), graph)).toMatchObject([{ kind: "node-added", node: { id: "b" } }]);
    expect(diffGraphs(graph, aGraph({ a: "one" }))).toMatchObject([{ kind: "node-removed", node: { id: "b" } }]);
    expect(diffGraphs(graph, moveNodes(graph, new Map([["a", { x: 9, y: 0 }]])))).toEqual([
      { kind: "node-moved", nodeId: "a", before: { x: 0, y: 0 }, after: { x: 9, y: 0 } },
    ]);
    expect(diffGraphs(graph, renameNode(graph, "a", "Words"))).toEqual([
      { kind: "node-field", nodeId: "a", field: "title", before: undefined, after: "Words" },
    ]);
    expect(diffGraphs(graph, setSetting(graph, "a", "text", "new"))).toEqual([
      { kind: "setting", nodeId: "a", setting: "text", before: "one", after: "new" },
    ]);
    expect(diffGraphs(graph, setSetting(graph, "a", "text", undefined))).toMatchObject([{ after: undefined }]);
  });

  it("names wires, inputs, frames, the graph's own fields and another order", () => {
    const edge = { id: "e", source: "a", sourceHandle: "text", target: "b", targetHandle: "text" };
    const wired = { ...graph, edges: [edge] };
    expect(diffGraphs(graph, wired)).toEqual([{ kind: "edge-added", edge }]);
    expect(diffGraphs(wired, { ...graph, edges: [{ ...edge, loop: { passes: 2 } }] })).toMatchObject([
      { kind: "edge-changed", after: { loop: { passes: 2 } } },
    ]);
    const input = { key: "product", type: "text" as const, required: false };
    expect(diffGraphs(graph, { ...graph, inputs: [input], name: "Poster" })).toEqual([
      { kind: "graph-field", field: "name", before: "Hero", after: "Poster" },
      { kind: "input-added", input },
    ]);
    expect(diffGraphs(graph, { ...graph, nodes: graph.nodes.toReversed() })).toEqual([
      { kind: "order", list: "nodes" },
    ]);
  });

  it("says everything: the newer document can be made from the older one and what is said", () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (before, after) => {
        const changes = diffGraphs(before, after);
        expect(sameDocument(applied(before, changes, after), after)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** The older document with the changes made to it. `order` says that it is another one, not which: that alone comes from the newer one. */
function applied(before: Graph, changes: GraphChange[], after: Graph): Graph {
  const next = structuredClone(before) as Graph & Record<string, unknown>;
  const put = <T extends object>(list: T[], at: (one: T) => boolean, value: T) => {
    list[list.findIndex(at)] = value;
  };
  const drop = <T>(list: T[], at: (one: T) => boolean) => void list.splice(list.findIndex(at), 1);
  const set = (target: object, field: string, value: unknown) => {
    if (value === undefined) Reflect.deleteProperty(target, field);
    else Reflect.set(target, field, value);
  };
  const node = (id: string) => next.nodes.find((one) => one.id === id) as Graph["nodes"][number];
  for (const one of changes) {
    if (one.kind === "graph-field") set(next, one.field, one.after);
    if (one.kind === "node-added") next.nodes.push(one.node);
    if (one.kind === "node-removed") drop(next.nodes, ({ id }) => id === one.node.id);
    if (one.kind === "node-moved") node(one.nodeId).position = one.after;
    if (one.kind === "node-field") set(node(one.nodeId), one.field, one.after);
    if (one.kind === "setting") set(node(one.nodeId).config, one.setting, one.after);
    if (one.kind === "edge-added") next.edges.push(one.edge);
    if (one.kind === "edge-removed") drop(next.edges, ({ id }) => id === one.edge.id);
    if (one.kind === "edge-changed") put(next.edges, ({ id }) => id === one.before.id, one.after);
    if (one.kind === "frame-added") next.frames.push(one.frame);
    if (one.kind === "frame-removed") drop(next.frames, ({ id }) => id === one.frame.id);
    if (one.kind === "frame-changed") put(next.frames, ({ id }) => id === one.before.id, one.after);
    if (one.kind === "input-added") next.inputs.push(one.input);
    if (one.kind === "input-removed") drop(next.inputs, ({ key }) => key === one.input.key);
    if (one.kind === "input-changed") put(next.inputs, ({ key }) => key === one.before.key, one.after);
  }
  for (const one of changes) {
    if (one.kind !== "order") continue;
    const key = (entry: object) => ("id" in entry ? entry.id : (entry as { key: string }).key);
    const order = after[one.list].map(key);
    (next[one.list] as object[]).sort((a, b) => order.indexOf(key(a)) - order.indexOf(key(b)));
  }
  return next;
}
