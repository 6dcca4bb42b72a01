import { describe, expect, it } from "vitest";
import * as z from "zod";
import { defineNode } from "#lib/sdk/index.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const FAILURES: Record<string, () => unknown> = {
  "throws an error": () => {
    throw new TypeError("cannot read /home/artist/secret.txt");
  },
  "throws what is no error": () => {
    throw "a word";
  },
  "throws nothing": () => {
    throw undefined;
  },
  "gives nothing": () => undefined,
};

/** A node that fails in the way its setting names. */
const failing = defineNode({
  type: "failing",
  version: 1,
  title: "Failing",
  group: "sources",
  docs: "Fails.",
  effect: "pure",
  inputs: {},
  outputs: { text: { kind: "text", title: "Text" } },
  config: z.object({ how: z.string() }),
  run: async (_ctx, _inputs, { how }) => FAILURES[how]?.() as never,
  examples: [],
});

describe("PF-008 a node that fails in a way nobody foresaw", () => {
  it.each(Object.keys(FAILURES))("and %s fails alone: other branches finish, and the next run works", async (how) => {
    const { go } = await openTestStudio(scriptedProvider().provider, { nodes: [failing] });
    const words = (id: string, text: string) => node(id, "text", { text });
    const run = await go(
      graph(
        [
          node("bad", "failing", { how }),
          node("after", "prompt", { text: "x" }),
          words("words", `a lamp for one who ${how}`),
          node("draw", "generate"),
        ],
        [edge("bad.text", "after.text"), edge("words.text", "draw.prompt")],
      ),
    );
    const states = Object.fromEntries(run.steps.map(({ nodeId, state }) => [nodeId, state]));
    expect(run.status).toBe("failed");
    expect([states.bad, states.draw]).toEqual(["failed", "done"]);
    expect(states.after).not.toBe("done");
    expect(JSON.stringify(run)).not.toMatch(/\/home\/artist|\.ts:\d+/);
    expect((await go(graph([words("w", "fine")], []))).status).toBe("succeeded");
  });
});
