import { StepError } from "../protocol/failure.ts";
import { LIMITS } from "../protocol/limits.ts";
import { applyFilters, readTemplate } from "./expression.ts";

/**
 * Texts are filled in two single passes, and what was filled in is never read again:
 *
 * 1. Before the run, `fillText` puts the graph's inputs in. Names that are known only later (`late`) stay where they are.
 * 2. Inside the step, `fillLate` puts the late names in.
 *
 * A text with late names is therefore still a template after the first pass. A value that holds a brace or a backslash goes into it
 * as a quoted text (`{{"\u007b…"}}`), so that no value and no neighbour of a value can become an expression in the second pass.
 */
export type FillProblem = { code: string; message: string };

/** The graph's inputs: `values` has every declared key, unset ones as undefined. */
export type Scope = {
  values: Readonly<Record<string, unknown>>;
  /** Required inputs without a value: what they fill is not judged. */
  missing: ReadonlySet<string>;
};

export type Filled = { text: string; problems: FillProblem[]; missing: boolean };

/** First pass. `late`: exact names, `prefix.*`, or `#` for numbers. */
export function fillText(template: string, scope: Scope, late: readonly string[] = []): Filled {
  if (!template.includes("{{")) return { text: template, problems: [], missing: false };
  const problems: FillProblem[] = [];
  const out = new Output();
  let missing = false;
  const put = (text: string) => out.add(late.length > 0 ? inert(text) : text);
  for (const piece of readTemplate(template)) {
    if (piece.kind === "text") out.add(piece.text);
    else if (piece.kind === "brace") out.add(late.length > 0 ? "\\{{" : "{{");
    else if (piece.kind === "fault") problems.push({ code: piece.code, message: piece.message });
    else if (piece.expression.quoted !== undefined) put(applyFilters(piece.expression.quoted, piece.expression));
    else if (isLate(piece.expression.path, late)) out.add(piece.source);
    else {
      const { path } = piece.expression;
      if (scope.missing.has(path[0] ?? "")) missing = true;
      const found = look(path, scope.values);
      if ("problem" in found) problems.push(found.problem);
      else put(applyFilters(found.text, piece.expression));
    }
    if (out.full) {
      problems.push({ code: "STRING_TOO_LONG", message: tooLong });
      break;
    }
  }
  return { text: out.text, problems, missing };
}

/** Second pass: names by their whole path (`"graph.name"`, `"1"`). Throws StepError UNKNOWN_VARIABLE, EXPRESSION_* or STRING_TOO_LONG. */
export function fillLate(template: string, names: Readonly<Record<string, string | number | undefined>>): string {
  if (!template.includes("{{")) return template;
  const out = new Output();
  for (const piece of readTemplate(template, Number.POSITIVE_INFINITY)) {
    if (piece.kind === "text") out.add(piece.text);
    else if (piece.kind === "brace") out.add("{{");
    else if (piece.kind === "fault") throw new StepError(piece.code, piece.message);
    else {
      const { expression } = piece;
      const name = expression.path.join(".");
      if (expression.quoted === undefined && !Object.hasOwn(names, name))
        throw new StepError(
          "UNKNOWN_VARIABLE",
          `{{${name}}} is not known here; there are ${listed(Object.keys(names))}.`,
        );
      out.add(applyFilters(expression.quoted ?? String(names[name] ?? ""), expression));
    }
    if (out.full) throw new StepError("STRING_TOO_LONG", tooLong);
  }
  return out.text;
}

/** A value as it stands in a text that will be read once more. */
export const inert = (text: string): string =>
  /[{}\\]/.test(text)
    ? `{{${JSON.stringify(text).replace(/[{}]/g, (brace) => (brace === "{" ? "\\u007b" : "\\u007d"))}}}`
    : text;

const isLate = (path: readonly string[], late: readonly string[]): boolean => {
  const name = path.join(".");
  return late.some((known) =>
    known === "#" ? /^[0-9]+$/.test(name) : known.endsWith(".*") ? name.startsWith(known.slice(0, -1)) : known === name,
  );
};

type Found = { text: string } | { problem: FillProblem };

/** Own properties only: `constructor`, `__proto__` and `toString` are as unknown as any other name. */
function look(path: readonly string[], values: Readonly<Record<string, unknown>>): Found {
  let value: unknown = values;
  for (const name of path) {
    const reachable = Array.isArray(value) ? /^[0-9]+$/.test(name) : typeof value === "object" && value !== null;
    if (!reachable || !Object.hasOwn(value as object, name)) {
      const message = `{{${path.join(".")}}} is not an input of this graph; there are ${listed(Object.keys(values))}.`;
      return { problem: { code: "UNKNOWN_VARIABLE", message } };
    }
    value = (value as Record<string, unknown>)[name];
  }
  if (value === undefined || value === null) return { text: "" };
  if (typeof value === "object") {
    const message = `{{${path.join(".")}}} is not a text; bind it with { "$input": "${path[0]}" } where an image is wanted.`;
    return { problem: { code: "EXPRESSION_NOT_TEXT", message } };
  }
  return { text: String(value) };
}

const listed = (names: string[]): string => (names.length === 0 ? "none" : names.join(", "));
const tooLong = `The filled text is longer than the limit of ${LIMITS.stringBytes} characters.`;

/** Collects a text that must not grow without bounds. */
class Output {
  text = "";
  full = false;
  add(part: string): void {
    if (this.text.length + part.length > LIMITS.stringBytes) this.full = true;
    else this.text += part;
  }
}
