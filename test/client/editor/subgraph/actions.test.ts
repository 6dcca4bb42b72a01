import { describe, expect, test } from "vitest";
import { COMMANDS } from "#lib/client/editor/commands.ts";
import { commandFor } from "#lib/client/editor/habits/key-map.ts";
import { noticesOf } from "#lib/client/editor/habits/notices.ts";
import { createEditor, redo, select, undo } from "#lib/client/editor/store.ts";
import {
  encloseNodes,
  leaveSubgraph,
  linkTo,
  openInside,
  type SubgraphPorts,
  unpackNode,
} from "#lib/client/editor/subgraph/actions.ts";
import { keepLinks } from "#lib/client/editor/subgraph/keep-links.ts";
import { newerVersion } from "#lib/client/editor/subgraph/link-of.ts";
import { createLinks, type LinkServer } from "#lib/client/editor/subgraph/links.ts";
import type { WayIn } from "#lib/client/editor/subgraph/way-in.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

const registry = createRegistry(NODES);
const graph = (id: string, nodes: object[], edges: object[] = []): Graph => {
  const read = readGraph({ id, name: `The ${id}`, nodes, edges });
  if (!read.graph) throw new Error(JSON.stringify(read.problems));
  return read.graph;
};
const LINE = graph(
  "outer",
  [
    { id: "words", type: "text", config: { text: "a kayak" } },
    { id: "hero", type: "generate", title: "Hero" },
    { id: "post", type: "resize", config: { preset: "x-post" } },
  ],
  [
    { id: "e1", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
    { id: "e2", source: "hero", sourceHandle: "image", target: "post", targetHandle: "image" },
  ],
);

/** A server that keeps what it is given, version by version, and remembers what it was asked. */
function world(document: Graph = LINE, way: WayIn[] = []) {
  const saved = new Map<string, Graph[]>();
  const asked: string[] = [];
  const went: string[] = [];
  let saves = 0;
  const server: LinkServer = {
    async list() {
      asked.push("list");
      return {
        graphs: [...saved].map(([id, all]) => ({
          id,
          name: all.at(-1)?.name ?? "",
          revision: all.length,
          etag: "",
          updatedAt: 0,
        })),
      };
    },
    async load(id, revision) {
      asked.push(`${id}@${revision}`);
      return saved.get(id)?.[revision - 1];
    },
  };
  const save = (one: Graph): number => saved.set(one.id, [...(saved.get(one.id) ?? []), one]).get(one.id)?.length ?? 0;
  const ports: SubgraphPorts = {
    links: createLinks(server),
    saveNew: async (one) => save(one),
    async saveNow() {
      saves += 1;
    },
  };
  const editor = createEditor(document, { registry, navigate: (path) => went.push(path), way });
  const nodes = () => editor.getState().document.nodes.map(({ id }) => id);
  return { editor, ports, save, saved, asked, went, nodes, saves: () => saves };
}
const told = (editor: Parameters<typeof noticesOf>[0]) =>
  noticesOf(editor)
    .getState()
    .map(({ text }) => text);

describe("turning a selection into a subgraph", () => {
  test("saves it under an id nobody has and is one step to undo and redo", async () => {
    const w = world();
    const id = await encloseNodes(w.editor, ["words", "hero"], w.ports);
    expect([id, w.nodes()]).toEqual(["hero", ["hero", "post"]]);
    const [[key, [inner]] = ["", []]] = [...w.saved];
    expect([key, inner?.name, inner?.nodes.length]).toEqual([
      expect.stringMatching(/^hero-\w{5}$/),
      "Hero of The outer",
      2,
    ]);
    expect([...w.editor.getState().view.selectedNodes]).toEqual(["hero"]);
    undo(w.editor);
    expect(w.editor.getState().document).toBe(LINE);
    redo(w.editor);
    expect(w.nodes()).toEqual(["hero", "post"]);
  });

  test("changes nothing when it cannot be saved, or when the nodes changed meanwhile", async () => {
    const w = world();
    const offline = { ...w.ports, saveNew: () => Promise.reject(new TypeError("offline")) };
    expect(await encloseNodes(w.editor, ["hero"], offline)).toBeUndefined();
    const typing = {
      ...w.ports,
      saveNew: async () => {
        w.editor.setState(({ document }) => ({
          document: { ...document, nodes: document.nodes.map((n) => (n.id === "hero" ? { ...n, take: 2 } : n)) },
        }));
        return 1;
      },
    };
    expect(await encloseNodes(w.editor, ["hero"], typing)).toBeUndefined();
    expect(w.nodes()).toEqual(["words", "hero", "post"]);
    expect(told(w.editor)).toEqual([
      expect.stringContaining("could not be saved"),
      expect.stringContaining("in the meantime"),
    ]);
  });

  test("Ctrl+Shift+E, Enter and Escape mean it", () => {
    const w = world();
    select(w.editor, ["hero"]);
    const press = (name: string) =>
      commandFor(w.editor, name, { typing: false, dialog: false, control: false }, COMMANDS, {})?.id;
    expect([press("mod+shift+e"), press("enter"), press("escape")]).toEqual(["edit.enclose", undefined, "view.escape"]);
  });
});

describe("going in and out", () => {
  const inside = { id: "sub", type: "subgraph", config: { graph: "part@1" } };

  test("opens what is saved, keeps the way, and saves before it leaves", async () => {
    const w = world(graph("outer", [inside]), [{ graph: "top", node: "x" }]);
    w.save(graph("part", [{ id: "a", type: "text" }]));
    expect(await openInside(w.editor, "sub", "a", w.ports)).toBe(true);
    expect([w.went, w.saves()]).toEqual([["/graphs/part?in=top~x,outer~sub&node=a"], 1]);
    expect(await leaveSubgraph(w.editor, w.ports)).toBe(true);
    expect([w.went.at(-1), w.saves()]).toEqual(["/graphs/top?node=x", 2]);
    expect(await leaveSubgraph(world().editor, w.ports)).toBe(false);
  });

  test("what is not saved is told and not asked for", async () => {
    const w = world(graph("outer", [inside]));
    expect(await openInside(w.editor, "sub", undefined, w.ports)).toBe(false);
    expect(await unpackNode(w.editor, "sub", w.ports)).toBe(false);
    expect(w.asked.every((one) => one === "list")).toBe(true);
    expect(told(w.editor)).toHaveLength(2);
  });
});

describe("versions of what is linked", () => {
  test("a newer one is known after looking, taken over on request, and never by itself", async () => {
    const w = world(graph("outer", [{ id: "sub", type: "subgraph", config: { graph: "part@1" } }]));
    w.save(graph("part", [{ id: "a", type: "text" }]));
    w.save(graph("part", [{ id: "b", type: "number" }]));
    expect(newerVersion(w.editor, "sub", w.ports.links)).toBeUndefined();
    await keepLinks(w.editor, w.ports.links);
    const config = () => w.editor.getState().document.nodes[0]?.config;
    expect(newerVersion(w.editor, "sub", w.ports.links)).toBe(2);
    expect(config(), "a link that was written by hand is given its ports").toMatchObject({
      graph: "part@1",
      ports: { outputs: { a: { kind: "text" } } },
    });
    expect(await linkTo(w.editor, "sub", "part", 2, w.ports)).toBe(true);
    expect(config()).toMatchObject({ graph: "part@2", ports: { outputs: { b: { kind: "number" } } } });
    expect(w.editor.getState().document.nodes[0]?.title).toBe("The part");
    expect(newerVersion(w.editor, "sub", w.ports.links)).toBeUndefined();
    expect(await linkTo(w.editor, "sub", "part", 9, w.ports)).toBe(false);
  });

  test("a version is fetched once", async () => {
    const w = world();
    w.save(graph("part", [{ id: "a", type: "text" }]));
    const [one, two] = await Promise.all([w.ports.links.load("part", 1), w.ports.links.load("part", 1)]);
    expect([one, await w.ports.links.load("part", 1)]).toEqual([two, two]);
    expect(w.asked.filter((what) => what === "part@1")).toHaveLength(1);
  });
});
