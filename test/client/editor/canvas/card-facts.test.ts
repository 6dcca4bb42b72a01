import { describe, expect, it } from "vitest";
import { askedSize, bodyOf } from "#lib/client/editor/canvas/card-body.ts";
import { leastHeight, portsInPlace } from "#lib/client/editor/canvas/card-layout.ts";
import { lookOf, noteField } from "#lib/client/editor/canvas/card-look.ts";
import { settingsShown, valueWords } from "#lib/client/editor/canvas/card-settings.ts";
import { cardState } from "#lib/client/editor/canvas/card-state.ts";
import { problemsOfNode } from "#lib/client/editor/canvas/node-problems.ts";
import { isWired, wiredPorts } from "#lib/client/editor/canvas/wired-ports.ts";
import { changeNode, setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { edgesOf, nodesById } from "#lib/client/editor/graph-index.ts";
import { change } from "#lib/client/editor/store.ts";
import { problem, warning } from "#lib/protocol/problems.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { edge, editorOf, graph, node, nodeRun, picture, registry } from "./sample-graph.ts";

const type = (name: string): AnyNode => {
  const found = registry.get(name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const well = (name: string, config: Record<string, unknown>) =>
  settingsShown(type(name), config).map(({ label, value, own }) => `${label} ${value}${own ? "" : " (default)"}`);

describe("the look of a node", () => {
  it("is told by its definition alone", () => {
    expect(lookOf(type("generate"))).toBe("card");
    expect(lookOf(type("note"))).toBe("note");
    expect(noteField(type("note"))).toBe("markdown");
    expect(lookOf(type("reroute"))).toBe("dot");
    expect(lookOf(undefined)).toBe("stub");
    expect(registry.nodes.filter((one) => lookOf(one) !== "card").map((one) => one.type)).toEqual(["note", "reroute"]);
  });

  it("leaves room for every port of every type", () => {
    for (const one of registry.nodes) {
      const ports = portsInPlace(one, {});
      expect(ports).toHaveLength(Object.keys(one.inputs).length + Object.keys(one.outputs).length);
      for (const { y } of ports) expect(y).toBeLessThan(leastHeight(ports));
      // Ports that follow from settings are one list for each settings object.
      if (!one.portsFor) expect(portsInPlace(one, { other: 1 })).toBe(ports);
    }
    expect(portsInPlace(type("edit"), { onError: "continue" }).map(({ name }) => name)).toContain("error");
  });
});

describe("the settings on a card", () => {
  it("are what was set, then what decides most, at most three, in the order of the schema", () => {
    expect(well("generate", {})).toEqual([
      "Lane conversation (default)",
      "Image model gpt-image-2.5-flare (default)",
      "Size auto (default)",
    ]);
    expect(well("generate", { size: "1536x1024", quality: "high" })).toEqual([
      "Image model gpt-image-2.5-flare (default)",
      "Size 1536x1024",
      "Quality high",
    ]);
    expect(well("grade", { contrast: 8, saturation: 6, temperature: 4, blacks: -3 })).toHaveLength(3);
  });

  it("leave out what the body shows and what does not apply, and say lists and bindings in words", () => {
    expect(well("prompt", { mode: "structured", subject: "A kayak", text: "unused" })).toEqual(["Mode structured"]);
    expect(well("text", { text: "Hello" })).toEqual([]);
    expect(
      valueWords([
        { name: "square", width: 1 },
        { name: "strip", width: 2 },
      ]),
    ).toBe("square, strip");
    expect(valueWords([{ width: 1 }, { width: 2 }])).toBe("2 entries");
    expect(valueWords({ $input: "accent" })).toBe("{{accent}}");
    expect(valueWords(true)).toBe("on");
    expect(valueWords([])).toBe("");
  });
});

describe("the body of a card", () => {
  const hero = node("hero", "generate", 0, 0, { config: { size: "1536x1024" } });

  it("shows the pictures that came out, with their aspect", () => {
    const body = bodyOf(hero, type("generate"), nodeRun({ outputs: { image: [picture(1), picture(1)] } }));
    expect(body).toMatchObject({ kind: "pictures", made: true, pictures: [{ width: 1536, height: 1024 }, {}] });
  });

  it("keeps the place of a picture that is awaited, and shows it sharpening in the size that was asked for", () => {
    expect(bodyOf(hero, type("generate"), nodeRun({ state: "running" }))).toMatchObject({
      pictures: [{ pending: true, width: 1536, height: 1024 }],
    });
    const partials = [
      { item: 0, slot: 1, index: 2, url: "/b" },
      { item: 0, slot: 0, index: 0, url: "/a" },
    ];
    expect(bodyOf(hero, type("generate"), nodeRun({ state: "running", partials }))).toMatchObject({
      pictures: [{ url: "/a", width: 1536, height: 1024, partial: true }, { url: "/b" }],
    });
    expect(askedSize({ size: "auto" })).toBeUndefined();
  });

  it("shows what the settings hold when nothing came out: pictures, else words", () => {
    const asset = `sha256:${"b".repeat(64)}`;
    expect(
      bodyOf(node("r", "reference", 0, 0, { config: { assets: [{ asset }] } }), type("reference"), undefined),
    ).toEqual({
      kind: "pictures",
      pictures: [{ asset }],
      more: 0,
      made: false,
    });
    const prompt = node("p", "prompt", 0, 0, {
      config: { mode: "structured", subject: "A kayak", lighting: "Fog", text: "no" },
    });
    expect(bodyOf(prompt, type("prompt"), undefined)).toEqual({ kind: "words", words: "A kayak\nFog", made: false });
    expect(bodyOf(hero, type("generate"), undefined)).toEqual({ kind: "nothing" });
  });

  it("of an unknown type still shows what a past run gave", () => {
    expect(
      bodyOf(node("x", "hologram"), undefined, nodeRun({ outputs: { out: [{ kind: "text", text: "kept" }] } })),
    ).toEqual({
      kind: "words",
      words: "kept",
      made: true,
    });
  });
});

describe("what a card selects", () => {
  const document = graph([node("words", "prompt"), node("hero", "generate")], [edge("words.text > hero.prompt")]);

  it("is the very same after somebody typed in another node", () => {
    const editor = editorOf(document);
    const problems = [warning("A", "soon", { node: "hero" }), problem("B", "now", { node: "hero" })];
    editor.setState({ problems });
    const picks = () => {
      const { document: now, problems: held, run } = editor.getState();
      return [
        nodesById(now).get("hero"),
        problemsOfNode(held, "hero"),
        run.nodes.get("hero"),
        run.takes.get("hero"),
        wiredPorts(now.edges, "hero"),
        edgesOf(now),
      ];
    };
    const before = picks();
    change(editor, "Type", (one) => setSetting(one, "words", "text", "A trail sneaker"));
    expect(picks().every((value, index) => Object.is(value, before[index]))).toBe(true);
    change(editor, "Type", (one) => changeNode(one, "hero", (hero) => ({ ...hero, take: 2 })));
    expect(picks()[0]).not.toBe(before[0]);
    expect(problemsOfNode(problems, "hero").map(({ code }) => code)).toEqual(["B", "A"]);
  });

  it("tells which ports are wired", () => {
    const wired = wiredPorts(document.edges, "hero");
    expect(isWired(wired, "in", "prompt")).toBe(true);
    expect(isWired(wired, "in", "spec")).toBe(false);
    expect(isWired(wired, "out", "prompt")).toBe(false);
  });

  it("says the state in one word", () => {
    expect(cardState(undefined)).toBeUndefined();
    expect(cardState(nodeRun({ cached: true }))).toBe("cached");
    expect(cardState(nodeRun({ cached: true, stale: true }))).toBe("stale");
    expect(cardState(nodeRun({ state: "failed", stale: true }))).toBe("failed");
  });
});
