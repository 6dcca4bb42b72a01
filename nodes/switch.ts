// biome-ignore-all lint/suspicious/noThenProperty: "then" is the name of a port, and what it carries is a list of values, never a function.
import * as z from "zod";
import { defineNode, StepError, type Value } from "#lib/sdk/index.ts";

const OPS = ["eq", "ne", "lt", "le", "gt", "ge", "contains", "exists"] as const;
type Op = (typeof OPS)[number];
type Scalar = string | number | boolean;

const bare = (value: Value): unknown =>
  value.kind === "text" ? value.text : value.kind === "number" ? value.number : value;

/** Own properties only: a path never reaches what a value inherits. */
function walk(from: unknown, path: string): unknown {
  let at = from;
  for (const name of path.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** A record's columns can be named directly: `sku` as well as `record.sku`. */
function pick(value: Value, path: string): unknown {
  if (path === "") return bare(value);
  const found = walk(value, path);
  return found === undefined && value.kind === "record" ? walk(value.record, path) : found;
}

const isScalar = (value: unknown): value is Scalar => ["string", "number", "boolean"].includes(typeof value);
const asNumber = (value: Scalar) => (String(value).trim() === "" ? Number.NaN : Number(value));

/** Two values of one type, or undefined. Filled settings are texts, so a text that reads as a number or as yes/no meets one. */
function alike(left: unknown, right: Scalar): [Scalar, Scalar] | undefined {
  if (!isScalar(left)) return undefined;
  if (typeof left === typeof right) return [left, right];
  if (typeof left === "boolean" || typeof right === "boolean") {
    return typeof left === "number" || typeof right === "number" ? undefined : [String(left), String(right)];
  }
  return numbers(left, right);
}

function numbers(left: Scalar, right: Scalar): [number, number] | undefined {
  const pair: [number, number] = [asNumber(left), asNumber(right)];
  return pair.some(Number.isNaN) ? undefined : pair;
}

/** Below 0, 0 or above 0. Two texts that both read as numbers are ordered by size, so that "10" comes after "9". */
function order(left: unknown, right: Scalar): number {
  const pair = alike(left, right);
  if (!pair || typeof left === "boolean" || typeof right === "boolean") {
    throw new StepError(
      "NOT_COMPARABLE",
      `What came in and ${JSON.stringify(right)} have no order: compare a number with a number or a text with a text.`,
    );
  }
  const [a, b] = numbers(...pair) ?? pair;
  return a < b ? -1 : a > b ? 1 : 0;
}

const contains = (left: unknown, right: Scalar): boolean =>
  Array.isArray(left) ? left.some((item) => item === right) : typeof left === "string" && left.includes(String(right));

function holds(left: unknown, op: Op, right: Scalar): boolean {
  const there = left !== undefined && left !== null;
  if (op === "exists") return there;
  if (op === "contains") return contains(left, right);
  if (op === "eq" || op === "ne") {
    const pair = alike(left, right);
    return (pair !== undefined && pair[0] === pair[1]) === (op === "eq");
  }
  if (!there) return false;
  const sign = order(left, right);
  return { lt: sign < 0, le: sign <= 0, gt: sign > 0, ge: sign >= 0 }[op];
}

export default defineNode({
  type: "switch",
  version: 1,
  title: "Switch",
  group: "plumbing",
  icon: "split",
  docs: [
    "Sends a value one way or the other. *Path* names a part of the value, like `score` of a verdict, `width` of an image or a column of a",
    "record; empty means the text or number itself. What is not there leaves by **else** (only *is not* holds for it).",
    "",
    "Texts compare by letters, numbers and texts that read as numbers by size. What has no order, like a word and a number, fails the step.",
  ].join("\n"),
  effect: "pure",
  inputs: { value: { kind: "any", title: "Value" } },
  outputs: { then: { kind: "any", title: "Then" }, else: { kind: "any", title: "Else" } },
  config: z.object({
    when: z
      .object({
        path: z
          .string()
          .default("")
          .meta({ title: "Path", description: "A part of the value, like score; empty: all of it" }),
        op: z.enum(OPS).default("exists").meta({
          title: "Test",
          description: "eq is, ne is not, lt below, le at most, gt above, ge at least, contains, exists",
        }),
        value: z
          .union([z.string(), z.number(), z.boolean()])
          .default("")
          .meta({ title: "Compare with", description: "A text, a number or yes/no" }),
      })
      .prefault({})
      .meta({ title: "When", description: "The question every value is asked" }),
  }),
  async run(_ctx, { value }, { when }) {
    return holds(pick(value, when.path), when.op, when.value) ? { then: value } : { else: value };
  },
  examples: [
    {
      name: "a number at least as large leaves by then",
      config: { when: { op: "ge", value: 0.8 } },
      inputs: { value: { kind: "number", number: 0.8 } },
      gives: { then: { kind: "number", number: 0.8 } },
    },
    {
      name: "a picture that is not wide enough leaves by else",
      config: { when: { path: "width", op: "gt", value: 100000 } },
      inputs: { value: "@landscape" },
      gives: { else: "@landscape" },
    },
    {
      name: "a text that holds a word",
      config: { when: { op: "contains", value: "winter" } },
      inputs: { value: { kind: "text", text: "the winter edition" } },
      gives: { then: { kind: "text", text: "the winter edition" } },
    },
    {
      name: "inherited properties are not part of a value",
      config: { when: { path: "constructor", op: "exists" } },
      inputs: { value: { kind: "record", record: { sku: "A1" } } },
      gives: { else: { kind: "record", record: { sku: "A1" } } },
    },
  ],
});
