/** Where and why a JSON text is refused; `at` is an index into the text. */
export type JsonFault = {
  code: "MALFORMED_JSON" | "JSON_TOO_DEEP" | "FORBIDDEN_KEY" | "DUPLICATE_KEY";
  at: number;
  key?: string;
};

/** Keys that reach an object's prototype in careless code: refused wherever they stand. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING_REST = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORDS: Record<string, string> = { t: "true", f: "false", n: "null" };
const MAX_FAULTS = 20;

/**
 * Reads a JSON text once, without recursion and without building anything. JSON.parse alone would accept doubled keys (the last one wins,
 * silently) and nesting that overflows whatever walks the result.
 */
export function scanJson(text: string, maxDepth: number): JsonFault[] {
  const faults: JsonFault[] = [];
  const open: (Set<string> | null)[] = []; // a Set for an object (its keys so far), null for an array
  let at = 0;
  let expect: "value" | "first-key" | "key" | "first-item" | "end-of-value" = "value";

  const space = () => {
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === 32 || c === 10 || c === 13 || c === 9) at++;
      else return;
    }
  };
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  /** Steps over a string; the position of the fault when there is one, else -1. */
  const string = (): number => {
    at++;
    for (;;) {
      match(STRING_REST);
      const c = text[at];
      if (c === '"') {
        at++;
        return -1;
      }
      if (c !== "\\" || !match(ESCAPE)) return at;
    }
  };
  const malformed = (position = at): JsonFault[] => [...faults, { code: "MALFORMED_JSON", at: position }];

  for (;;) {
    space();
    const c = text[at];
    if (expect === "end-of-value") {
      if (open.length === 0) return at === text.length ? faults : malformed();
      const keys = open[open.length - 1];
      if (c === ",") expect = keys ? "key" : "value";
      else if (c === (keys ? "}" : "]")) open.pop();
      else return malformed();
      at++;
    } else if (expect === "key" || (expect === "first-key" && c !== "}")) {
      if (c !== '"') return malformed();
      const start = at;
      const bad = string();
      if (bad >= 0) return malformed(bad);
      const raw = text.slice(start + 1, at - 1);
      const key = raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
      const keys = open[open.length - 1] as Set<string>;
      if (faults.length < MAX_FAULTS) {
        if (FORBIDDEN_KEYS.has(key)) faults.push({ code: "FORBIDDEN_KEY", at: start, key });
        else if (keys.has(key)) faults.push({ code: "DUPLICATE_KEY", at: start, key });
      }
      keys.add(key);
      space();
      if (text[at] !== ":") return malformed();
      at++;
      expect = "value";
    } else if (c === "{" || c === "[") {
      if (open.length === maxDepth) return [...faults, { code: "JSON_TOO_DEEP", at }];
      open.push(c === "{" ? new Set() : null);
      at++;
      expect = c === "{" ? "first-key" : "first-item";
    } else if ((c === "}" && expect === "first-key") || (c === "]" && expect === "first-item")) {
      open.pop();
      at++;
      expect = "end-of-value";
    } else {
      if (c === '"') {
        const bad = string();
        if (bad >= 0) return malformed(bad);
      } else if (c !== undefined && WORDS[c] !== undefined && text.startsWith(WORDS[c], at)) at += WORDS[c].length;
      else if (!match(NUMBER)) return malformed();
      expect = "end-of-value";
    }
  }
}
