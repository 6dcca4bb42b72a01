import { describe, expect, test } from "vitest";
import { scopeOf } from "#lib/client/editor/fields/field-problems.ts";
import { filledText, givenText, upstreamCount, upstreamTexts } from "#lib/client/editor/fields/preview.ts";
import type { NodeRun } from "#lib/client/editor/node-run.ts";
import { graphOf, registry } from "./graph-of.ts";

const inputs = [{ key: "product", type: "text", default: "Skarn {One}" }];
const known = (graph: ReturnType<typeof graphOf>, runs = new Map<string, NodeRun>()) => ({ graph, registry, runs });

describe("a text as it will be read", () => {
  test("holds the inputs' values letter by letter; late and unknown names stay in their braces", () => {
    const { inputs: list } = graphOf({ inputs });
    const text = filledText("{{product | upper}} by {{1}}, {{label}}, {{nobody}}", scopeOf(list), ["#", "label"], {
      "1": "fog",
    });
    expect(text).toBe("SKARN {ONE} by fog, {{label}}, {{nobody}}");
  });

  test("what was filled in is never read again", () => {
    const { inputs: list } = graphOf({
      inputs: [
        { key: "a", type: "text", default: "{{b}}" },
        { key: "b", type: "text", default: "no" },
      ],
    });
    expect(filledText("{{a}}", scopeOf(list), [], {})).toBe("{{b}}");
  });

  test("is worked out through wired nodes of words, without a run", async () => {
    const graph = graphOf({
      inputs,
      nodes: [
        { id: "fog", type: "text", config: { text: "morning fog" } },
        { id: "n", type: "number", config: { value: 3 } },
        { id: "p", type: "prompt", config: { text: "{{product}} seen through {{1}}, {{2}} times" } },
      ],
      edges: [
        ["fog.text", "p.text"],
        ["n.number", "p.text"],
      ],
    });
    expect(await upstreamTexts(known(graph), "p")).toEqual(["morning fog", "3"]);
    expect(upstreamCount({ graph, registry }, "p")).toBe(2);
    expect(await givenText(known(graph), "p")).toBe("Skarn {One} seen through morning fog, 3 times");
  });

  test("of a model's answer is what its last run gave, and unknown before one", async () => {
    const graph = graphOf({
      nodes: [
        { id: "talk", type: "converse" },
        { id: "p", type: "prompt", config: { text: "So: {{1}}" } },
      ],
      edges: [["talk.text", "p.text"]],
    });
    expect(await givenText(known(graph), "p")).toBeUndefined();
    const run = { outputs: { text: [{ kind: "text", text: "a fox" }] } } as unknown as NodeRun;
    expect(await givenText(known(graph, new Map([["talk", run]])), "p")).toBe("So: a fox");
  });

  test("of a node that reaches for more than words is not known, and a circle ends", async () => {
    const graph = graphOf({
      nodes: [
        { id: "sheet", type: "spec-sheet", config: { library: "house@1" } },
        { id: "a", type: "prompt" },
        { id: "b", type: "prompt" },
      ],
      edges: [
        ["a.text", "b.text"],
        ["b.text", "a.text"],
      ],
    });
    expect(await givenText(known(graph), "sheet")).toBeUndefined();
    expect(await givenText(known(graph), "a")).toBeUndefined();
  });
});
