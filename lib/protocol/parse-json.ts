import { LIMITS } from "./limits.ts";
import { InvalidError, type Problem, problem } from "./problems.ts";
import { type JsonFault, scanJson } from "./scan-json.ts";
import { exceedsBytes, utf8Length } from "./utf8.ts";

/** `bytes`: size of the text in UTF-8 (default 2 MiB); `depth`: nested arrays and objects (default 32). */
export type JsonLimits = { bytes?: number; depth?: number };

/**
 * Reads strict JSON from an untrusted text (RFC 8259; one leading byte order mark is forgiven). Throws InvalidError: JSON_TOO_LARGE,
 * JSON_TOO_DEEP, MALFORMED_JSON (with the byte offset), FORBIDDEN_KEY, DUPLICATE_KEY. Never recurses, never shows a stack.
 */
export function parseJson(text: string, limits: JsonLimits = {}): unknown {
  const bytes = limits.bytes ?? LIMITS.jsonBytes;
  const depth = limits.depth ?? LIMITS.jsonDepth;
  if (exceedsBytes(text, bytes)) {
    throw new InvalidError([problem("JSON_TOO_LARGE", `This JSON is larger than the limit of ${bytes} bytes.`)]);
  }
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const offset = (at: number) => utf8Length(source, at) + (source === text ? 0 : 3);
  const faults = scanJson(source, depth);
  if (faults.length > 0)
    throw new InvalidError(faults.map((fault) => describe(fault, offset(fault.at), source, depth)));
  return JSON.parse(source);
}

function describe(fault: JsonFault, byte: number, source: string, depth: number): Problem {
  switch (fault.code) {
    case "JSON_TOO_DEEP":
      return problem(fault.code, `This JSON is nested deeper than ${depth} levels (at byte ${byte}).`);
    case "FORBIDDEN_KEY":
      return problem(fault.code, `The key "${fault.key}" is not allowed (at byte ${byte}).`, { field: fault.key });
    case "DUPLICATE_KEY":
      return problem(fault.code, `The key "${fault.key}" stands twice in the same object (at byte ${byte}).`, {
        field: fault.key,
      });
    case "MALFORMED_JSON":
      return problem(
        fault.code,
        fault.at >= source.length
          ? `This is not valid JSON: it ends too early, at byte ${byte}.`
          : `This is not valid JSON: unexpected character at byte ${byte}.`,
      );
  }
}
