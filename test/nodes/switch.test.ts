import { describe, expect, it } from "vitest";
import type { Value } from "#lib/sdk/index.ts";
import switchNode from "#nodes/switch.ts";
import { runNode } from "./run-node.ts";

const verdict: Value = {
  kind: "verdict",
  score: 0.7,
  passed: false,
  decision: "iterate",
  checks: [{ id: "anatomy", kind: "judged", score: 0.4, passed: false, reason: "six fingers" }],
  notes: "six fingers",
};
const text = (words: string): Value => ({ kind: "text", text: words });
const number = (value: number): Value => ({ kind: "number", number: value });
const record = (columns: Record<string, unknown>): Value => ({ kind: "record", record: columns });

async function way(value: Value, when: Record<string, unknown>): Promise<string> {
  const { outputs } = await runNode(switchNode, { config: { when }, inputs: { value } });
  const [port, ...others] = Object.keys(outputs);
  expect(others).toEqual([]);
  expect(outputs[port ?? ""]).toEqual([value]);
  return port ?? "nowhere";
}

describe("switch", () => {
  it.each<[string, Value, Record<string, unknown>, "then" | "else"]>([
    ["a text equal to a text", text("yes"), { op: "eq", value: "yes" }, "then"],
    ["a text that differs by case", text("Yes"), { op: "eq", value: "yes" }, "else"],
    ["a number equal to a number", number(3), { op: "eq", value: 3 }, "then"],
    ["a number equal to a text that reads as it", number(3), { op: "eq", value: "3.0" }, "then"],
    ["a number and a word", number(3), { op: "eq", value: "three" }, "else"],
    ["a number and a word that differ", number(3), { op: "ne", value: "three" }, "then"],
    ["an empty text and zero", number(0), { op: "eq", value: "" }, "else"],
    ["a number below", number(2), { op: "lt", value: 3 }, "then"],
    ["a number at most", number(3), { op: "le", value: 3 }, "then"],
    ["a number above", number(3), { op: "gt", value: 3 }, "else"],
    ["texts that read as numbers, by size", text("10"), { op: "gt", value: "9" }, "then"],
    ["words by letters", text("apple"), { op: "lt", value: "banana" }, "then"],
    ["a text that holds another", text("winter edition"), { op: "contains", value: "winter" }, "then"],
    ["a list that holds a word", record({ tags: ["a", "b"] }), { path: "tags", op: "contains", value: "b" }, "then"],
    ["a list that holds no such word", record({ tags: ["ab"] }), { path: "tags", op: "contains", value: "b" }, "else"],
    ["a part of a verdict", verdict, { path: "score", op: "ge", value: 0.6 }, "then"],
    ["yes or no", verdict, { path: "passed", op: "eq", value: false }, "then"],
    ["yes or no, written as a text", verdict, { path: "passed", op: "eq", value: "false" }, "then"],
    ["a part deep inside", verdict, { path: "checks.0.id", op: "eq", value: "anatomy" }, "then"],
    ["a column of a record", record({ sku: "A1" }), { path: "sku", op: "eq", value: "A1" }, "then"],
    ["a column by its full path", record({ sku: "A1" }), { path: "record.sku", op: "exists" }, "then"],
    ["a column that is not there", record({ sku: "A1" }), { path: "price", op: "exists" }, "else"],
    ["a column that is not there, compared", record({}), { path: "price", op: "lt", value: 3 }, "else"],
    ["a column that is not there, is not that", record({}), { path: "price", op: "ne", value: 3 }, "then"],
    ["an empty cell", record({ price: null }), { path: "price", op: "exists" }, "else"],
  ])("%s", async (_name, value, when, port) => {
    expect(await way(value, when)).toBe(port);
  });

  it.each(["constructor", "__proto__", "toString", "record.constructor", "record.__proto__.isAdmin", "valueOf.name"])(
    "EX-003 %s is not part of any value",
    async (path) => {
      expect(await way(record({ sku: "A1" }), { path, op: "exists" })).toBe("else");
    },
  );

  it.each<[string, Value, Record<string, unknown>]>([
    ["a word and a number", text("many"), { op: "lt", value: 3 }],
    ["yes and no", verdict, { path: "passed", op: "gt", value: false }],
    ["a picture's whole value", verdict, { op: "ge", value: 1 }],
  ])("fails on %s, which have no order", async (_name, value, when) => {
    await expect(way(value, when)).rejects.toMatchObject({ code: "NOT_COMPARABLE" });
  });
});
