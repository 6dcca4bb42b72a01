import { describe, expect, it } from "vitest";
import { ApiError } from "#lib/client/call-api.ts";
import { noticesOf } from "#lib/client/editor/habits/notices.ts";
import { type Outside, takeInFiles } from "#lib/client/editor/habits/take-in-files.ts";
import { undo } from "#lib/client/editor/store.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { aPng, textChunk } from "./a-png.ts";
import { aGraph, anEditor } from "./an-editor.ts";

const asset = (n: number) => `sha256:${String(n).padStart(64, "0")}`;
/** A server that remembers what reached it. */
function aServer(refuse?: (file: File) => Error | undefined): Outside & { stored: string[]; saved: Graph[] } {
  const stored: string[] = [];
  const saved: Graph[] = [];
  return {
    stored,
    saved,
    async storePicture(file) {
      const error = refuse?.(file);
      if (error) throw error;
      stored.push(file.name);
      return asset(stored.length);
    },
    async saveNew(graph) {
      saved.push(graph);
      return "fresh-1";
    },
    async importBundle(file) {
      const error = refuse?.(file);
      if (error) throw error;
      const warning = { level: "warning" as const, code: "FIELD_REMOVED", message: "The field was left out." };
      return { graphId: "bundled", name: "B", revision: 1, assets: 2, sheets: 0, contacts: [], warnings: [warning] };
    },
  };
}
const png = (name: string, ...chunks: Uint8Array[]) =>
  new File([aPng(...chunks) as BlobPart], name, { type: "image/png" });
const json = (name: string, text: string) => new File([text], name, { type: "application/json" });
const AT = { at: { x: 100, y: 200 } };
const spring = aGraph({ words: "text", hero: "generate" }, ["words.text > hero.prompt"], { name: "Spring" });
const notices = (editor: ReturnType<typeof anEditor>) =>
  noticesOf(editor)
    .getState()
    .map(({ text }) => text);

describe("files that are dropped or pasted", () => {
  it("pictures become one node that holds them, in one step", async () => {
    const editor = anEditor();
    await takeInFiles(editor, [png("a.png"), png("b.png")], AT, aServer());
    expect(editor.getState().document.nodes).toMatchObject([
      { type: "reference", position: AT.at, config: { assets: [{ asset: asset(1) }, { asset: asset(2) }] } },
    ]);
    undo(editor);
    expect(editor.getState().document.nodes).toEqual([]);
  });

  it("a bundle opens as a graph of its own, and says what was left out or why it cannot be opened", async () => {
    const editor = anEditor();
    const paths: string[] = [];
    editor.around.navigate = (path) => void paths.push(path);
    await takeInFiles(editor, [new File(["PK"], "poster.zip")], AT, aServer());
    expect([paths, notices(editor).at(-1)]).toEqual([
      ["/graphs/bundled"],
      "“poster.zip” opens as a new graph. The field was left out.",
    ]);
    const refusing = aServer(() => new ApiError(422, undefined));
    await takeInFiles(editor, [new File(["PK"], "bad.zip")], AT, refusing);
    expect(notices(editor).at(-1)).toContain("“bad.zip” could not be opened.");
    expect(paths).toHaveLength(1);
  });

  it("on a node that holds pictures they are added to it, none twice, also when a picture carries a graph", async () => {
    const editor = anEditor(
      aGraph({ refs: { type: "reference", config: { assets: [{ asset: asset(1), note: "light" }] } } }),
    );
    const carrier = png("c.png", textChunk("iTXt", "throughline", JSON.stringify(spring)));
    await takeInFiles(editor, [png("a.png"), carrier], { ...AT, onto: "refs" }, aServer());
    expect(editor.getState().document.nodes).toMatchObject([
      { id: "refs", config: { assets: [{ asset: asset(1), note: "light" }, { asset: asset(2) }] } },
    ]);
  });

  it("on any other node they become a node of their own", async () => {
    const editor = anEditor(aGraph({ hero: "generate" }));
    await takeInFiles(editor, [png("a.png")], { ...AT, onto: "hero" }, aServer());
    expect(editor.getState().document.nodes.map(({ type }) => type)).toEqual(["generate", "reference"]);
  });

  it.each([
    ["a graph file", () => json("spring.json", JSON.stringify(spring))],
    [
      "a picture that carries a graph",
      () => png("spring.png", textChunk("iTXt", "throughline", JSON.stringify(spring))),
    ],
  ])("%s opens as a new graph and leaves this one alone", async (_name, file) => {
    const [editor, server] = [anEditor(), aServer()];
    await takeInFiles(editor, [file()], AT, server);
    expect(server.saved).toEqual([spring]);
    expect(server.stored).toEqual([]);
    expect(editor.paths).toEqual(["/graphs/fresh-1"]);
    expect(editor.getState().history.past).toEqual([]);
  });

  it("with Alt a graph's nodes come into this one", async () => {
    const [editor, server] = [anEditor(), aServer()];
    await takeInFiles(editor, [json("spring.json", JSON.stringify(spring))], { ...AT, insert: true }, server);
    expect(editor.getState().document.nodes.map(({ id }) => id)).toEqual(["words", "hero"]);
    expect([server.saved, editor.paths]).toEqual([[], []]);
  });

  it("TI-003 a graph that is opened or inserted runs nothing", async () => {
    const [editor, server] = [anEditor(), aServer()];
    await takeInFiles(editor, [json("spring.json", JSON.stringify(spring))], AT, server);
    expect([editor.getState().run.starting, editor.getState().run.runId]).toEqual([false, undefined]);
  });

  it.each([
    ["a text file", new File(["hi"], "notes.txt", { type: "text/plain" }), "“notes.txt” is neither a picture"],
    ["a program", new File(["MZ"], "a.exe"), "“a.exe” is neither a picture"],
    ["JSON that is no graph", json("list.json", "[1,2]"), "“list.json” holds no graph that can be opened."],
    [
      "broken JSON",
      json("bad.json", '{"nodes":'),
      "“bad.json” holds no graph that can be opened. This is not valid JSON",
    ],
    [
      "TI-001 a file that is too large",
      json("big.json", " ".repeat(2 * 1024 * 1024 + 1)),
      "“big.json” is larger than the limit of 2 MB.",
    ],
    [
      "TI-002 a picture with two graphs",
      png("two.png", textChunk("tEXt", "throughline", "{}"), textChunk("tEXt", "throughline", "[]")),
      "“two.png” holds no graph that can be opened. This picture carries two different graphs.",
    ],
  ])("%s is told by name and changes nothing", async (_name, file, sentence) => {
    const [editor, server] = [anEditor(), aServer()];
    await takeInFiles(editor, [file], AT, server);
    expect(notices(editor)).toEqual([expect.stringContaining(sentence)]);
    expect([editor.getState().document.nodes, server.stored, server.saved]).toEqual([[], [], []]);
  });

  it("one picture the server refuses does not lose the others", async () => {
    const editor = anEditor();
    const server = aServer((file) =>
      file.name === "bad.png"
        ? new ApiError(422, { type: "", title: "", status: 422, detail: "This picture is damaged.", code: "X" })
        : undefined,
    );
    await takeInFiles(editor, [png("good.png"), png("bad.png")], AT, server);
    expect(editor.getState().document.nodes[0]?.config.assets).toEqual([{ asset: asset(1) }]);
    expect(notices(editor)).toEqual(["“bad.png” could not be taken. This picture is damaged."]);
  });

  it("more pictures than a node holds are told", async () => {
    const [editor, server] = [anEditor(), aServer()];
    await takeInFiles(
      editor,
      Array.from({ length: 18 }, (_, n) => png(`${n}.png`)),
      AT,
      server,
    );
    expect(server.stored).toHaveLength(16);
    expect(notices(editor)[0]).toBe("The first 16 of 18 pictures are taken.");
  });
});
