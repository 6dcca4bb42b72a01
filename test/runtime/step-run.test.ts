import { expect, test } from "vitest";
import type { PlanNode } from "#lib/engine/types.ts";
import { joinOutputs } from "#lib/runtime/step-run.ts";

const node = (onError: "stop" | "continue") => ({ onError }) as PlanNode;
const text = (words: string) => ({ kind: "text" as const, text: words });

test("outputs stand in the order of the items; who made what is kept where it is not that order", () => {
  const one = (port: string, ...words: string[]) => ({ outputs: { [port]: words.map(text) } });
  expect(joinOutputs(node("stop"), [one("x", "a"), one("x", "b")])).toEqual({ outputs: { x: [text("a"), text("b")] } });
  expect(joinOutputs(node("stop"), [one("pass", "a"), one("back", "b"), one("pass", "c"), { outputs: {} }])).toEqual({
    outputs: { pass: [text("a"), text("c")], back: [text("b")] },
    from: { pass: [0, 2], back: [1] },
  });
  expect(joinOutputs(node("stop"), [one("x", "a", "b"), one("x", "c")]).from).toEqual({ x: [0, 0, 1] });
});

test("an item that failed gives its error where the node goes on, and nothing elsewhere", () => {
  const items = [{ failed: "broken" }, { outputs: { x: [text("b")] } }, undefined];
  expect(joinOutputs(node("stop"), items)).toEqual({ outputs: { x: [text("b")] }, from: { x: [1] } });
  expect(joinOutputs(node("continue"), items).outputs?.error).toEqual([text("broken")]);
});
