import type { GraphInput, InputValues } from "../protocol/graph.ts";
import { ImageInput } from "../protocol/graph.ts";
import { LIMITS } from "../protocol/limits.ts";
import { looksSecret } from "../protocol/looks-secret.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import { exceedsBytes } from "../protocol/utf8.ts";
import type { Scope } from "./fill.ts";

export type ResolvedInputs = Scope & { problems: Problem[] };

/**
 * Checks what a run gives to a graph's inputs and fills in defaults. Texts are read as numbers, booleans and colours where one is
 * declared, for command lines and tables hold nothing else. `values` has every declared key; problems name the input in `field`.
 */
export function resolveInputs(inputs: readonly GraphInput[], given: InputValues): ResolvedInputs {
  const declared = new Set(inputs.map((input) => input.key));
  const problems = Object.keys(given)
    .filter((key) => !declared.has(key))
    .map((key) => {
      const known = declared.size === 0 ? "it has none" : `it has ${[...declared].join(", ")}`;
      return problem("UNKNOWN_INPUT", `This graph has no input "${key}"; ${known}.`, { field: key });
    });
  const missing = new Set<string>();
  const values = inputs.map((input): [string, unknown] => {
    const chosen = [Object.hasOwn(given, input.key) ? given[input.key] : undefined, input.default].find(
      (value) => !isUnset(value, input),
    );
    const read = chosen === undefined ? undefined : readInput(input, chosen);
    if (read && "wrong" in read) {
      problems.push(problem(read.code ?? "BAD_INPUT", `The input "${input.key}" ${read.wrong}.`, { field: input.key }));
      missing.add(input.key);
      return [input.key, undefined];
    }
    if (input.required && (read === undefined || read.value === "")) {
      missing.add(input.key);
      problems.push(problem("INPUT_MISSING", `The input "${input.key}" needs a value.`, { field: input.key }));
    }
    return [input.key, read?.value];
  });
  return { values: Object.fromEntries(values), missing, problems };
}

/** An empty table cell says nothing, except for a text, where it says "empty". */
const isUnset = (value: unknown, input: GraphInput): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "" && input.type !== "text" && input.type !== "longtext");

type Read = { value: unknown } | { wrong: string; code?: string };

function readInput(input: GraphInput, given: unknown): Read {
  switch (input.type) {
    case "text":
    case "longtext":
      return readText(given);
    case "number":
      return readNumber(given, input);
    case "boolean":
      return readBoolean(given);
    case "choice":
      return readChoice(given, input);
    case "color":
      return readColor(given);
    case "image":
      return readImages(given, input);
  }
}

function readText(given: unknown): Read {
  if (typeof given !== "string" && typeof given !== "number" && typeof given !== "boolean")
    return { wrong: "must be a text" };
  const text = String(given);
  if (looksSecret(text)) return { wrong: "holds what looks like a key or a password", code: "SECRET_IN_INPUT" };
  if (!exceedsBytes(text, LIMITS.stringBytes)) return { value: text };
  return { wrong: `is longer than the limit of ${LIMITS.stringBytes} bytes`, code: "STRING_TOO_LONG" };
}

function readNumber(given: unknown, { min, max }: GraphInput): Read {
  const number = typeof given === "string" ? Number(given) : given;
  if (typeof number !== "number" || !Number.isFinite(number)) return { wrong: "must be a number" };
  if (min !== undefined && number < min) return { wrong: `must be at least ${min}` };
  if (max !== undefined && number > max) return { wrong: `must be at most ${max}` };
  return { value: number };
}

const YES = new Set(["true", "yes", "on", "1"]);
const NO = new Set(["false", "no", "off", "0"]);

function readBoolean(given: unknown): Read {
  if (typeof given === "object") return { wrong: "must be yes or no" };
  const word = String(given).trim().toLowerCase();
  if (YES.has(word)) return { value: true };
  return NO.has(word) ? { value: false } : { wrong: "must be yes or no" };
}

function readChoice(given: unknown, input: GraphInput): Read {
  const options = (input.options ?? []).map((option) => (typeof option === "string" ? option : option.value));
  const word = typeof given === "object" ? "" : String(given);
  return options.includes(word) ? { value: word } : { wrong: `must be one of ${options.join(", ") || "no options"}` };
}

const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/;

function readColor(given: unknown): Read {
  const [, digits] = HEX.exec(String(given).trim().toLowerCase()) ?? [];
  if (digits === undefined) return { wrong: "must be a colour such as #1a2b3c" };
  return { value: `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}` };
}

function readImages(given: unknown, { many }: GraphInput): Read {
  const list = Array.isArray(given) ? given : [given];
  const images = list.map((item) => ImageInput.safeParse(typeof item === "string" ? { asset: item.trim() } : item));
  if (images.some((image) => !image.success))
    return { wrong: 'must be a stored image: { "asset": "sha256:<64 hex digits>" }' };
  const values = images.map((image) => image.data);
  if (many) return { value: values };
  if (values.length === 0) return { value: undefined };
  return values.length === 1 ? { value: values[0] } : { wrong: `takes one image, not ${values.length}` };
}
