import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { InvalidError } from "#lib/protocol/problems.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const small = { size: "1024x1024", partials: 0 };

/** Draws what its input says and asks for one change of it. */
const hero = (id = "hero", ask = "make it night") => ({
  ...graph(
    [
      node("words", "text", { text: "a {{product}}" }),
      node("draw", "generate", small),
      node("night", "edit", small, { title: "At night" }),
      node("ask", "text", { text: ask }),
    ],
    [edge("words.text", "draw.prompt"), edge("draw.image", "night.image"), edge("ask.text", "night.instruction")],
  ),
  id,
  inputs: [{ key: "product", default: "shoe" }],
  ports: { inputs: [], outputs: [{ key: "picture", from: { node: "night", port: "image" } }] },
});
const outer = (link = "hero@1", more: Record<string, unknown> = {}) => ({
  ...graph(
    [
      node("sub", "subgraph", { graph: link, inputs: { product: "boot" } }, more),
      node("small", "resize", { preset: "x-post" }),
    ],
    [edge("sub.picture", "small.image")],
  ),
  id: "outer",
});

let fake: ReturnType<typeof scriptedProvider>;
let open: Awaited<ReturnType<typeof openTestStudio>>;
beforeEach(async () => {
  fake = scriptedProvider();
  open = await openTestStudio(fake.provider);
  await open.studio.saveGraph("hero", hero(), undefined);
});
const problemsOf = (started: Promise<unknown>) =>
  started.then(
    () => [],
    (error) => (error as InvalidError).problems.map(({ code, node: id }) => [code, id]),
  );

describe("a run of a graph with a subgraph", () => {
  test("shows the inner steps by name under the node, and what the node gave", async () => {
    const run = await open.go(outer());
    expect(run.status).toBe("succeeded");
    expect(run.nodes?.map(({ id, graph: linked }) => [id, linked])).toEqual([
      ["sub", "hero@1"],
      ["sub/words", undefined],
      ["sub/draw", undefined],
      ["sub/night", undefined],
      ["sub/ask", undefined],
      ["small", undefined],
    ]);
    expect(run.steps.map(({ nodeId, state }) => [nodeId, state])).toEqual(
      ["sub/words", "sub/draw", "sub/night", "sub/ask", "small"].map((id) => [id, "done"]),
    );
    expect(run.outputs.sub).toEqual({ picture: run.outputs["sub/night"]?.image });
    expect(fake.sent[0]).toMatchObject({ parts: [{ type: "text", text: "a boot" }] });
    expect(fake.sent[1], "the conversation goes on inside").toMatchObject({ previousResponseId: "resp_1" });
    expect(run.calls.map(({ nodeId }) => nodeId)).toEqual(["sub/draw", "sub/night"]);
  });

  test("never pays for what the same graph made elsewhere: by itself, or in another place", async () => {
    await open.go(hero(), { inputs: { product: "boot" } });
    expect(fake.sent).toHaveLength(2);
    const run = await open.go(outer());
    expect([fake.sent.length, run.paidCalls, run.costUsd]).toEqual([2, 0, 0]);
    const deeper = { ...graph([node("wrap", "subgraph", { graph: "outer@1" })], []), id: "deeper" };
    await open.studio.saveGraph("outer", outer(), undefined);
    expect((await open.go(deeper)).steps.every(({ cached }) => cached)).toBe(true);
    expect(fake.sent).toHaveLength(2);
  });

  test("the estimate names inner nodes and knows what is free", async () => {
    const before = await open.studio.estimate({ graph: outer() });
    expect(before.calls).toBe(2);
    expect(before.nodes.filter(({ calls }) => calls > 0).map(({ nodeId }) => nodeId)).toEqual([
      "sub/draw",
      "sub/night",
    ]);
    await open.go(outer());
    expect((await open.studio.estimate({ graph: outer() })).calls).toBe(0);
  });

  test("a new version changes nothing until it is linked; then exactly what differs runs again", async () => {
    await open.go(outer());
    const first = await open.studio.graph("hero");
    await open.studio.saveGraph("hero", hero("hero", "make it dawn"), first?.etag);
    expect((await open.go(outer())).paidCalls).toBe(0);
    const run = await open.go(outer("hero@2"));
    expect(run.calls.map(({ nodeId }) => nodeId)).toEqual(["sub/night"]);
    expect(run.steps.find(({ nodeId }) => nodeId === "sub/night")?.why).toContain("instruction changed");
  });

  test("another take of the node is another try of what is in it", async () => {
    await open.go(outer());
    expect((await open.go(outer("hero@1", { take: 2 }))).paidCalls).toBe(2);
    expect((await open.go(outer())).paidCalls).toBe(0);
  });

  test("keeps the graph it began with, when the saved one is gone", async () => {
    const waiting = {
      ...hero(),
      nodes: [...hero().nodes, node("ok", "review")],
      edges: [...hero().edges, edge("night.image", "ok.image")],
    };
    const saved = await open.studio.graph("hero");
    await open.studio.saveGraph("hero", waiting, saved?.etag);
    const run = await open.go(outer("hero@2"));
    expect([run.status, run.steps.find(({ state }) => state === "waiting")?.nodeId]).toEqual(["waiting", "sub/ok"]);
    await open.studio.deleteGraph("hero");
    const review = await open.studio.review(run.runId, "sub/ok", 0);
    expect(review).toMatchObject({ state: "waiting", title: "Review" });
    expect(await open.studio.answer(run.runId, "sub/ok", 0, { decision: "approve" })).toBe("answered");
    expect(await open.studio.drive(run.runId)).toBe("succeeded");
    expect((await open.studio.run(run.runId))?.outputs.sub?.picture).toHaveLength(1);
    expect((await open.studio.stories(run.runId))?.stories).toEqual([]);
    expect((await open.studio.continuity(run.runId))?.pictures).not.toEqual([]);
    expect(await problemsOf(open.studio.startRun({ graph: outer("hero@2") }))).toContainEqual(["UNKNOWN_GRAPH", "sub"]);
  });

  test("writes the pictures of its last nodes, wherever they stand", async () => {
    const document = { ...outer(), nodes: [outer().nodes[0]], edges: [] };
    const run = await open.go(document);
    const files = await open.studio.exportRun(run.runId, await mkdtemp(join(tmpdir(), "throughline-out-")));
    expect(files).toContainEqual(expect.stringMatching(/night-1\.png$/));
  });
});

describe("what a subgraph cannot be", () => {
  test("GR-017 a saved graph that holds itself is refused before anything is paid for", async () => {
    const itself = { ...graph([node("me", "subgraph", { graph: "loop@1" })], []), id: "loop" };
    await open.studio.saveGraph("loop", itself, undefined);
    expect(await problemsOf(open.studio.startRun({ graph: itself }))).toContainEqual(["TEMPLATE_RECURSION", "me"]);
    expect((await open.studio.check(itself)).problems.map(({ code }) => code)).toContain("TEMPLATE_RECURSION");
    expect(fake.sent).toEqual([]);
  });

  test("a version or a graph nobody saved is named, with the newest there is", async () => {
    const { problems } = await open.studio.check(outer("hero@9"));
    expect(problems).toMatchObject([
      { code: "UNKNOWN_REVISION", node: "sub", message: expect.stringContaining("the newest is 1") },
      {},
    ]);
    expect(await problemsOf(open.studio.startRun({ graph: outer("nobody@1") }))).toContainEqual([
      "UNKNOWN_GRAPH",
      "sub",
    ]);
    expect(await problemsOf(open.studio.startRun({ graph: outer("hero") }))).toContainEqual(["BAD_SETTING", "sub"]);
  });

  test("a picture that only the linked graph names is missed before the run, at the inner node", async () => {
    const lost = `sha256:${"0".repeat(64)}`;
    await open.studio.saveGraph(
      "ref",
      { ...graph([node("r", "reference", { assets: [{ asset: lost }] })], []), id: "ref" },
      undefined,
    );
    const document = { ...graph([node("sub", "subgraph", { graph: "ref@1" })], []), id: "outer" };
    expect(await problemsOf(open.studio.startRun({ graph: document }))).toEqual([["ASSET_MISSING", "sub/r"]]);
  });

  test("a key given to an inner input is refused like anywhere else", async () => {
    const document = { ...outer(), inputs: [{ key: "secret" }] };
    (document.nodes[0] as { config: Record<string, unknown> }).config.inputs = { product: "{{secret}}" };
    const codes = await problemsOf(
      open.studio.startRun({ graph: document, inputs: { secret: "sk-proj-abcdefghijklmnopqrstuvwxyz012345" } }),
    );
    expect(codes.map(([code]) => code)).toContain("SECRET_IN_INPUT");
  });
});
