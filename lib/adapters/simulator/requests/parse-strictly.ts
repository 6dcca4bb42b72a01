import type * as z from "zod";
import { invalid, type Refusal } from "../http/refusal.ts";

/** Checks a value against a schema and refuses the first thing that is wrong, in the provider's words. `at` is the path of the value itself. */
export function parseStrictly<T>(schema: z.ZodType<T>, value: unknown, at: readonly PropertyKey[] = []): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues;
  // Unknown keys first, as the provider does: they are the likeliest slip.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]!;
  throw refusalFor(issue as z.core.$ZodIssue, value, at);
}

function refusalFor(issue: z.core.$ZodIssue, value: unknown, at: readonly PropertyKey[]): Refusal {
  const path = [...at, ...issue.path];
  const param = pathText(path);
  if (issue.code === "unrecognized_keys") {
    const unknown = pathText([...path, issue.keys[0]!]);
    return invalid("unknown_parameter", unknown, `Unknown parameter: '${unknown}'.`);
  }
  const given = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
  if (given === undefined)
    return invalid("missing_required_parameter", param, `Missing required parameter: '${param}'.`);
  if (issue.code === "invalid_type")
    return invalid(
      "invalid_type",
      param,
      `Invalid type for '${param}': expected ${issue.expected}, but got ${kindOf(given)} instead.`,
    );
  if (issue.code === "invalid_value")
    return invalid(
      "invalid_value",
      param,
      `Invalid value: '${String(given)}'. Supported values are: ${issue.values.map((one) => `'${String(one)}'`).join(", ")}.`,
    );
  if (issue.code === "too_big")
    return invalid(
      `${scaleOf(given)}_above_max_${typeof given === "number" ? "value" : "length"}`,
      param,
      `Invalid '${param}': at most ${issue.maximum} allowed.`,
    );
  if (issue.code === "too_small")
    return invalid(
      `${scaleOf(given)}_below_min_${typeof given === "number" ? "value" : "length"}`,
      param,
      `Invalid '${param}': at least ${issue.minimum} needed.`,
    );
  return invalid("invalid_value", param, `Invalid '${param}': ${issue.message}`);
}

/** `tools[0].size` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    "",
  );
}

function kindOf(value: unknown): string {
  return value === null
    ? "null"
    : Array.isArray(value)
      ? "an array"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;
}

function scaleOf(value: unknown): string {
  return typeof value === "number" ? "integer" : Array.isArray(value) ? "array" : "string";
}
