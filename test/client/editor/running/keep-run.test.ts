import { describe, expect, it } from "vitest";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { recipesOf } from "#lib/client/editor/running/current-take.ts";
import { keepRun } from "#lib/client/editor/running/keep-run.ts";
import { startRun } from "#lib/client/editor/running/start.ts";
import { change } from "#lib/client/editor/store.ts";
import type { RunEvent } from "#lib/protocol/events.ts";
import { aDocument, aGraph, anEditor, aServer, aTake } from "./a-run.ts";

const kept = async (answers: Parameters<typeof aServer>[0] = {}, prepare?: (w: ReturnType<typeof aServer>) => void) => {
  const editor = anEditor();
  const world = aServer(answers);
  prepare?.(world);
  const stop = keepRun(editor, world.server);
  await world.pass(0);
  return { editor, world, stop };
};
const event = (seq: number, body: object): RunEvent => ({ seq, at: seq, runId: "r", ...body }) as RunEvent;
const started = (seq: number) => event(seq, { type: "step.started", nodeId: "hero", pass: 0, why: "" });

describe("keeping the run of an editor", () => {
  it("finds the run that goes on when the page opens, and follows it from where it is", async () => {
    const { editor, world } = await kept({ newestRun: async () => "r" }, ({ documents }) =>
      documents.set("r", aDocument(7, "running")),
    );
    expect(world.streams).toMatchObject([{ runId: "r", after: 7 }]);
    world.streams[0]?.on.event(started(8));
    expect(editor.getState().run.nodes.get("hero")?.state).toBe("running");
  });

  it("follows the run that is started here, and says when it is over", async () => {
    const { editor, world } = await kept();
    world.documents.set("r1", aDocument(1, "running", { runId: "r1" }));
    await startRun(editor);
    await world.settle();
    expect(editor.getState().run).toMatchObject({ starting: false, view: { document: { runId: "r1" } } });
    const estimates = world.asked.estimated.length;
    world.documents.set("r1", aDocument(2, "succeeded", { runId: "r1" }));
    world.streams[0]?.on.event(event(2, { type: "run.ended", status: "succeeded", costUsd: 0 }));
    await world.pass(1_000);
    expect(editor.getState().view.said.text).toMatch(/^Done/);
    expect(world.asked.takes).toBe(2);
    expect(world.asked.estimated.length).toBeGreaterThan(estimates);
  });

  it("brings past results to nodes that are in no run", async () => {
    const recipes = [recipesOf(aGraph()).get("hero") ?? ""];
    const { editor } = await kept({
      takes: async () => ({ takes: [{ nodeId: "hero", ...aTake(), items: 1, recipes }] }),
    });
    expect(editor.getState().run.takes.get("hero")).toHaveLength(1);
    expect(editor.getState().run.nodes.get("hero")).toMatchObject({ state: "done", stale: false, key: "k1" });
    change(editor, "Text", (graph) => setSetting(graph, "words", "text", "a boat"));
    expect(editor.getState().run.nodes.get("hero")?.stale).toBe(true);
  });

  it("asks for the price of the document and keeps it, and the document is never touched", async () => {
    const { editor, world } = await kept();
    const { document } = editor.getState();
    await world.pass(300);
    expect(world.asked.estimated).toEqual([document]);
    expect(editor.getState().run).toMatchObject({ estimating: false, estimate: { calls: 0 } });
    expect(editor.getState().document).toBe(document);
  });

  it("shows the nodes of the newer run only", async () => {
    const { editor, world } = await kept();
    world.documents.set("r1", aDocument(1, "running", { runId: "r1" }));
    await startRun(editor);
    await world.settle();
    world.streams[0]?.on.event(started(2));
    world.documents.set("r2", aDocument(1, "running", { runId: "r2" }));
    editor.setState(({ run }) => ({ run: { ...run, runId: "r2", view: undefined } }));
    await world.settle();
    expect(editor.getState().run.nodes.has("hero")).toBe(false);
  });

  it("does nothing more once it is stopped", async () => {
    const { editor, world, stop } = await kept();
    stop();
    const before = editor.getState().run;
    change(editor, "Text", (graph) => setSetting(graph, "words", "text", "a boat"));
    await world.pass(10_000);
    expect(editor.getState().run).toBe(before);
    expect(world.asked.estimated).toEqual([]);
  });
});
