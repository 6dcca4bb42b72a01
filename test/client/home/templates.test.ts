import { describe, expect, it } from "vitest";
import { freshId, stemOf } from "#lib/client/home/fresh-id.ts";
import { copyName, lastPicture, loadMyGraphs, saveAsNew, searchGraphs } from "#lib/client/home/my-graphs.ts";
import { startFromTemplate, type TemplateServer } from "#lib/client/home/templates.ts";
import { Graph } from "#lib/protocol/graph.ts";
import type { TemplateEntry } from "#lib/protocol/template-index.ts";

const ASSET = `sha256:${"a".repeat(64)}` as const;
const entry = (more: Partial<TemplateEntry> = {}): TemplateEntry => ({
  id: "poster",
  title: "Poster",
  description: "A poster.",
  cover: "/graphs/templates/poster.webp",
  second: "/graphs/templates/poster-2.webp",
  file: "/graphs/templates/poster.json",
  shows: ["a"],
  showsSecond: ["a"],
  pictures: [],
  tags: [],
  ...more,
});
function server(stored: string = ASSET) {
  const said: string[] = [];
  const fake: TemplateServer = {
    read: async () => Graph.parse({ id: "poster", name: "Poster" }),
    async store(path) {
      said.push(`store ${path}`);
      return stored;
    },
    async save({ id }) {
      said.push(`save ${id}`);
    },
    async start(id) {
      said.push(`start ${id}`);
    },
  };
  return { said, fake };
}

describe("starting from a template", () => {
  it("stores its pictures before the graph is saved, under a fresh id", async () => {
    const { said, fake } = server();
    const id = await startFromTemplate(
      entry({ pictures: [{ file: "/graphs/pictures/a.jpg", asset: ASSET }] }),
      { run: false },
      fake,
    );
    expect(id).toMatch(/^poster-[a-z2-9]{5}$/);
    expect(said).toEqual(["store /graphs/pictures/a.jpg", `save ${id}`]);
  });

  it("saves nothing when a picture is another than the one the template names", async () => {
    const { said, fake } = server("sha256:other");
    const wrong = entry({ pictures: [{ file: "/graphs/pictures/a.jpg", asset: ASSET }] });
    await expect(startFromTemplate(wrong, { run: true }, fake)).rejects.toThrow("is not the one");
    expect(said).toEqual(["store /graphs/pictures/a.jpg"]);
  });

  it("starts a run of what was saved when asked to", async () => {
    const { said, fake } = server();
    const id = await startFromTemplate(entry(), { run: true }, fake);
    expect(said).toEqual([`save ${id}`, `start ${id}`]);
  });
});

describe("ids and names of copies", () => {
  it("keep the stem and never grow", () => {
    const first = freshId("skarn launch");
    expect(first).toMatch(/^skarn-launch-[a-z2-9]{5}$/);
    expect(stemOf(first)).toBe("skarn-launch");
    expect(freshId("…")).toMatch(/^graph-/);
    expect(freshId("x".repeat(300)).length).toBeLessThanOrEqual(100);
  });

  it("count up", () => {
    expect(copyName("Poster")).toBe("Poster, copy");
    expect(copyName("Poster, copy")).toBe("Poster, copy 2");
    expect(copyName("Poster, copy 9")).toBe("Poster, copy 10");
    expect(copyName("x".repeat(200)).length).toBe(200);
  });

  it("a taken id is left alone and another one tried", async () => {
    const graph = Graph.parse({ id: "kite", name: "Kite" });
    const tried: string[] = [];
    const id = await saveAsNew(graph, {
      load: async () => undefined,
      news: async () => undefined,
      revisions: async () => ({ revisions: [] }),
      async save(wanted) {
        tried.push(wanted);
        return tried.length === 1
          ? { conflict: { graph, etag: "1", revision: 1 } }
          : { saved: { revision: 1, etag: "1" } };
      },
    });
    expect(tried).toHaveLength(2);
    expect(id).toBe(tried[1]);
  });
});

describe("my graphs", () => {
  const saved = (id: string, updatedAt: number) => ({ id, name: id.toUpperCase(), revision: 1, etag: "1", updatedAt });

  it("are read page by page and shown with the last changed first", async () => {
    const asked: string[] = [];
    const all = await loadMyGraphs(async (path) => {
      asked.push(path);
      return asked.length === 1
        ? { graphs: [saved("a", 1), saved("b/2", 3)], next: "b/2" }
        : { graphs: [saved("c", 2)] };
    });
    expect(all.map(({ id }) => id)).toEqual(["b/2", "c", "a"]);
    expect(asked[1]).toContain("after=b%2F2");
  });

  it("are found by every word of their name or id", () => {
    const graphs = [
      { id: "poster-1", name: "Autumn poster" },
      { id: "poster-2", name: "Winter poster" },
    ];
    expect(searchGraphs(graphs, " POSTER wint")).toEqual([graphs[1]]);
    expect(searchGraphs(graphs, "")).toHaveLength(2);
    expect(searchGraphs(graphs, "spring")).toEqual([]);
  });

  it("show the last picture that left a node by its first output", () => {
    const image = (asset: string) => ({ kind: "image", asset, width: 1, height: 1 }) as never;
    expect(lastPicture({ outputs: {} })).toBeUndefined();
    expect(
      lastPicture({ outputs: { a: { image: [image("1")] }, b: { image: [image("2")], markup: [image("3")] } } }),
    ).toEqual(image("2"));
    expect(lastPicture({ outputs: { a: { text: [], other: [image("4")] } } })).toEqual(image("4"));
  });
});
