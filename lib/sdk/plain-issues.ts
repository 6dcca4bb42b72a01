import type * as z from "zod";
import type { Problem } from "../protocol/problems.ts";

type Issue = z.core.$ZodIssue;
/** A JSON Schema as far as naming a setting goes. */
export type TitledSchema = {
  title?: string;
  properties?: Record<string, TitledSchema>;
  items?: TitledSchema;
  [key: string]: unknown;
};

const WANTED: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "yes or no",
  array: "a list",
  object: "a group of settings",
  record: "a group of settings",
};

const listed = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(", ");

function limit(issue: { origin: string; inclusive?: boolean }, bound: number | bigint, side: "least" | "most"): string {
  if (issue.origin === "array" || issue.origin === "set")
    return `must have at ${side} ${bound} ${bound === 1 ? "entry" : "entries"}`;
  if (issue.origin === "string") return `must be at ${side} ${bound} characters long`;
  if (issue.inclusive === false) return `must be ${side === "least" ? "above" : "below"} ${bound}`;
  return `must be at ${side} ${bound}`;
}

function sentence(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return "input" in issue && issue.input === undefined
        ? `is missing: ${WANTED[issue.expected] ?? issue.expected} is needed`
        : `must be ${WANTED[issue.expected] ?? issue.expected}`;
    case "too_small":
      return limit(issue, issue.minimum, "least");
    case "too_big":
      return limit(issue, issue.maximum, "most");
    case "invalid_value":
      return issue.values.length === 1 ? `must be ${listed(issue.values)}` : `must be one of ${listed(issue.values)}`;
    case "unrecognized_keys":
      return `has settings nobody knows: ${issue.keys.join(", ")}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    default:
      return `is not right: ${issue.message}`;
  }
}

/** The title people see for a path: `targets.0.width` → "Targets 1 Width". */
function nameOf(path: readonly PropertyKey[], schema: TitledSchema): string {
  let at: TitledSchema | undefined = schema;
  const words = path.map((part) => {
    at = typeof part === "number" ? at?.items : at?.properties?.[String(part)];
    return typeof part === "number" ? String(part + 1) : (at?.title ?? String(part));
  });
  return words.join(" ") || "The configuration";
}

/** What a schema found wrong, in plain language (parse with `reportInput: true` to tell missing from wrong; inputs are never quoted); `field` is the path within the config, joined by dots. */
export function plainIssues(issues: readonly Issue[], schema: TitledSchema): Omit<Problem, "node" | "level">[] {
  return issues.map((issue) => ({
    code: "BAD_SETTING",
    field: issue.path.map(String).join(".") || undefined,
    message: `${nameOf(issue.path, schema)} ${sentence(issue)}.`,
  }));
}
