import { describe, expect, it } from "vitest";
import { ApiError } from "#lib/client/call-api.ts";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { setServer } from "#lib/client/editor/running/run-server.ts";
import { startRun } from "#lib/client/editor/running/start.ts";
import { change, setRun } from "#lib/client/editor/store.ts";
import { anEditor, aServer } from "./a-run.ts";

const ready = (answers: Parameters<typeof aServer>[0] = {}) => {
  const editor = anEditor();
  const world = aServer(answers);
  setServer(editor, world.server);
  return { editor, world };
};

describe("starting a run", () => {
  it("sends exactly what is on screen, under the graph's own id", async () => {
    const { editor, world } = ready();
    expect(await startRun(editor, { to: ["hero"] })).toBe("r1");
    expect(world.asked.started).toMatchObject([{ to: ["hero"], key: expect.stringMatching(/^[\x21-\x7e]{8,}$/) }]);
    expect(world.asked.started[0]?.graph).toBe(editor.getState().document);
    expect(editor.getState().run).toMatchObject({ runId: "r1", starting: true });
  });

  it("CO-001 a double click, or Enter and a click, is one run", async () => {
    const { editor, world } = ready();
    const both = [startRun(editor), startRun(editor)];
    expect(await Promise.all(both)).toEqual(["r1", "r1"]);
    await world.pass(50);
    setRun(editor, { starting: false });
    expect(await startRun(editor)).toBe("r1");
    expect(world.asked.started).toHaveLength(1);
  });

  it("is another run later, for other nodes, or after a change", async () => {
    const { editor, world } = ready();
    await startRun(editor);
    setRun(editor, { starting: false });
    await startRun(editor, { to: ["hero"] });
    setRun(editor, { starting: false });
    change(editor, "Text", (graph) => setSetting(graph, "words", "text", "a boat"));
    await startRun(editor, { to: ["hero"] });
    setRun(editor, { starting: false });
    await world.pass(500);
    await startRun(editor, { to: ["hero"] });
    expect(world.asked.started).toHaveLength(4);
    expect(new Set(world.asked.started.map(({ key }) => key)).size).toBe(4);
  });

  it("CO-001 is the same run when it is tried again because no answer came", async () => {
    let away = true;
    const keys: string[] = [];
    const { editor } = ready({
      async start(_body, key) {
        keys.push(key);
        if (away) throw new TypeError("fetch failed");
        return "r1";
      },
    });
    expect(await startRun(editor)).toBeUndefined();
    expect(editor.getState().run).toMatchObject({ starting: false, error: expect.any(TypeError) });
    away = false;
    expect(await startRun(editor)).toBe("r1");
    expect(keys[1]).toBe(keys[0]);
  });

  it("tells the problems when the server refuses, and leaves the document alone", async () => {
    const problems = [{ level: "error" as const, code: "X", message: "No.", node: "hero" }];
    const { editor } = ready({
      async start() {
        throw new ApiError(422, { type: "", title: "", status: "invalid", detail: "No.", code: "X", problems });
      },
    });
    const { document } = editor.getState();
    await startRun(editor);
    expect(editor.getState()).toMatchObject({ problems, run: { starting: false } });
    expect(editor.getState().document).toBe(document);
  });
});
