import { expect, test } from "vitest";
import { conversationOf, renditionsOf } from "#lib/cli/contact-sheet/conversation.ts";
import { html } from "#lib/cli/contact-sheet/html.ts";
import { contactSheet } from "#lib/cli/contact-sheet/page.ts";
import { Graph } from "#lib/protocol/graph.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import { runDocument } from "./fake-studio.ts";

const asset = (digit: string) => `sha256:${digit.repeat(64)}`;
const drawn = (digit: string, depth: number, label?: string): ImageValue => ({
  kind: "image",
  asset: asset(digit),
  width: 30,
  height: 20,
  mediaType: "image/png",
  turn: { responseId: `resp_${depth}${digit}`, asset: asset(digit), depth, provider: "simulator", createdAt: 0 },
  label,
  made: { by: "model", prompt: `<b>prompt ${digit}</b>`, imageModel: "gpt-image-2.5-flare" },
});
const local = (image: ImageValue, digit: string, label?: string): ImageValue => ({
  ...image,
  asset: asset(digit),
  label,
});

const wire = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
  id: `${source}-${target}-${targetHandle}`,
  source,
  sourceHandle,
  target,
  targetHandle,
});
const graph = Graph.parse({
  name: "Sheet <1>",
  nodes: ["hero", "tone", "dusk", "snow", "spot", "sizes"].map((id) => ({ id, type: "any" })),
  edges: [
    wire("hero", "image", "tone", "image"),
    wire("tone", "image", "dusk", "image"),
    wire("hero", "image", "snow", "image"),
    wire("spot", "mask", "dusk", "mask"),
    wire("dusk", "image", "sizes", "image"),
  ],
});
const hero = drawn("1", 1);
const dusk = drawn("3", 2);
const run = runDocument({
  outputs: {
    hero: { image: [hero] },
    tone: { image: [local(hero, "2")] },
    spot: { mask: [{ kind: "mask", asset: asset("9"), width: 30, height: 20 }] },
    dusk: { image: [dusk], drift: [{ kind: "number", number: 0.1234 }] },
    snow: { image: [drawn("4", 2)] },
    sizes: { image: [local(dusk, "5", "square"), local(dusk, "6", "story")] },
  },
});

test("a picture hangs under the one whose thread it continued, also through local nodes; forks stand side by side", () => {
  const [root, ...others] = conversationOf(graph, run);
  expect(others).toEqual([]);
  expect([root?.nodeId, root?.forks.map(({ nodeId }) => nodeId)]).toEqual(["hero", ["dusk", "snow"]]);
  expect(root?.forks[0]?.continues).toMatchObject({ title: "hero", number: 1 });
});

test("a change inside a mask tells its drift and the picture it started from", () => {
  const [root] = conversationOf(graph, run);
  expect(root?.forks[0]?.lock).toMatchObject({
    drift: 0.1234,
    before: { asset: asset("2") },
    mask: { asset: asset("9") },
  });
  expect(root?.forks[1]?.lock).toBeUndefined();
});

test("the sizes are the labelled pictures of one node", () => {
  expect(renditionsOf(graph, run).map(({ label }) => label)).toEqual(["square", "story"]);
});

test("the page names every picture by a relative path and escapes what people and models wrote", () => {
  const page = contactSheet({ graph, run, pathOf: (id) => `a folder/${id.slice(7, 9)}.png` });
  expect(page).toContain("Sheet &lt;1&gt;");
  expect(page).toContain("&lt;b&gt;prompt 1&lt;/b&gt;");
  expect(page).not.toContain("<b>prompt");
  expect(page).toContain('src="a%20folder/11.png"');
  expect(page).toContain("12.3 %");
  expect(page).not.toMatch(/(src|href)="(https?:|\/)/);
});

test("a run that drew nothing still has a page", () => {
  expect(contactSheet({ graph, run: runDocument(), pathOf: () => undefined })).toContain("No picture was drawn");
});

test("text put into markup is escaped, markup is not, lists are joined", () => {
  const inner = html`<i>${'"&'}</i>`;
  expect(html`${[inner, "<", 1]}${undefined}${false}`.text).toBe("<i>&quot;&amp;</i>&lt;1");
});
