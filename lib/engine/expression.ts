import { LIMITS } from "../protocol/limits.ts";

/**
 * The language of `{{ … }}`: a path of own properties or a quoted text, then filters. No calls, no operators, no computed access.
 *
 *   expression = ( path | "text" ) { "|" filter [ ":" argument ] }
 *   path       = name { "." name }
 */
export type Expression = {
  /** Segments of the path; empty for a quoted text. */
  path: readonly string[];
  quoted?: string;
  filters: readonly { name: FilterName; argument?: string }[];
};

/** One run of a template: plain text, the literal `{{` (written `\{{`), an expression, or something that is none. */
export type Piece =
  | { kind: "text"; text: string }
  | { kind: "brace" }
  | { kind: "expression"; source: string; expression: Expression }
  | { kind: "fault"; source: string; code: ExpressionCode; message: string };

export type ExpressionCode = "EXPRESSION_SYNTAX" | "EXPRESSION_UNKNOWN_FUNCTION" | "EXPRESSION_TOO_COMPLEX";

const FILTERS = {
  upper: (text: string) => text.toUpperCase(),
  lower: (text: string) => text.toLowerCase(),
  title: (text: string) => text.replace(/(?<=^|\s)\S/gu, (letter) => letter.toUpperCase()),
  trim: (text: string) => text.trim(),
  slug: (text: string) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, ""),
  default: (text: string, argument = "") => (text === "" ? argument : text),
} as const;
export type FilterName = keyof typeof FILTERS;
const FILTER_NAMES = Object.keys(FILTERS).join(", ");

const PATH = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const QUOTED = /^"(?:[^"\\]|\\.)*"$/s;
const CALL = /^([A-Za-z_][A-Za-z0-9_]*)\s*\(/;
const FILTER = /^([A-Za-z_][A-Za-z0-9_]*)\s*(?::(.*))?$/s;

class Refusal extends Error {
  readonly code: ExpressionCode;
  constructor(code: ExpressionCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The pieces of a template, in order. `maxChars` bounds the source of one expression. */
export function readTemplate(template: string, maxChars: number = LIMITS.expressionChars): Piece[] {
  const pieces: Piece[] = [];
  const text = (from: number, to: number) => {
    if (to > from) pieces.push({ kind: "text", text: template.slice(from, to) });
  };
  let at = 0;
  for (;;) {
    const open = template.indexOf("{{", at);
    if (open < 0) {
      text(at, template.length);
      return pieces;
    }
    if (open > at && template[open - 1] === "\\") {
      text(at, open - 1);
      pieces.push({ kind: "brace" });
      at = open + 2;
      continue;
    }
    text(at, open);
    const close = closing(template, open + 2);
    const source = template.slice(open, close < 0 ? template.length : close + 2);
    if (close < 0) {
      const message = `${shown(source)} is not closed by }}; write \\{{ for the braces themselves.`;
      pieces.push({ kind: "fault", source, code: "EXPRESSION_SYNTAX", message });
      return pieces;
    }
    pieces.push(readExpression(source, maxChars));
    at = close + 2;
  }
}

function readExpression(source: string, maxChars: number): Piece {
  try {
    if (source.length - 4 > maxChars)
      throw new Refusal(
        "EXPRESSION_TOO_COMPLEX",
        `${shown(source)} is longer than the limit of ${maxChars} characters.`,
      );
    const [head = "", ...rest] = splitBars(source.slice(2, -2)).map((part) => part.trim());
    return { kind: "expression", source, expression: { ...readHead(head, source), filters: rest.map(readFilter) } };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "fault", source, code: error.code, message: error.message };
    throw error;
  }
}

function readHead(head: string, source: string): Pick<Expression, "path" | "quoted"> {
  if (PATH.test(head)) return { path: head.split(".") };
  if (QUOTED.test(head)) return { path: [], quoted: unquote(head) };
  const call = CALL.exec(head);
  if (call)
    throw new Refusal(
      "EXPRESSION_UNKNOWN_FUNCTION",
      `${shown(source)} calls ${call[1]}, but texts hold no functions; there are only the filters ${FILTER_NAMES}.`,
    );
  throw new Refusal(
    "EXPRESSION_SYNTAX",
    `${shown(source)} is not understood: write {{name}} or {{name | filter}}, or \\{{ for the braces themselves.`,
  );
}

function readFilter(source: string): Expression["filters"][number] {
  const [, name = "", argument] = FILTER.exec(source) ?? [];
  if (!name) throw new Refusal("EXPRESSION_SYNTAX", `"${shown(source)}" is not a filter: write | name or | name:text.`);
  if (!isFilter(name))
    throw new Refusal("EXPRESSION_UNKNOWN_FUNCTION", `There is no filter ${name}; there are ${FILTER_NAMES}.`);
  if (name !== "default") {
    if (argument === undefined) return { name };
    throw new Refusal("EXPRESSION_SYNTAX", `The filter ${name} takes no text after a colon.`);
  }
  if (argument === undefined)
    throw new Refusal("EXPRESSION_SYNTAX", "The filter default needs a text: | default:text.");
  const given = argument.trim();
  if (QUOTED.test(given)) return { name, argument: unquote(given) };
  if (given.includes('"'))
    throw new Refusal("EXPRESSION_SYNTAX", `${shown(given)} is not a text; quote it as a whole.`);
  return { name, argument: given };
}

const isFilter = (name: string): name is FilterName => Object.hasOwn(FILTERS, name);

function unquote(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw new Refusal("EXPRESSION_SYNTAX", `${shown(quoted)} is not a quoted text.`);
  }
}

/** Where `}}` closes an expression, quoted texts aside; -1 when nowhere. */
function closing(template: string, from: number): number {
  let quoted = false;
  for (let i = from; i < template.length; i++) {
    const c = template[i];
    if (quoted && c === "\\") i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === "}" && template[i + 1] === "}") return i;
  }
  return -1;
}

function splitBars(source: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (quoted && c === "\\") i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === "|") {
      parts.push(source.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, source.slice(start)];
}

/** Applies an expression's filters, left to right. */
export const applyFilters = (text: string, expression: Expression): string =>
  expression.filters.reduce((current, { name, argument }) => FILTERS[name](current, argument), text);

/** A source short enough for a message. */
const shown = (source: string): string => (source.length > 60 ? `${source.slice(0, 60)}…` : source);
