import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "#lib/protocol/parse-json.ts";
import { InvalidError } from "#lib/protocol/problems.ts";

const refusal = (text: string, limits?: Parameters<typeof parseJson>[1]) => {
  try {
    parseJson(text, limits);
  } catch (error) {
    if (error instanceof InvalidError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
};
const codes = (text: string, limits?: Parameters<typeof parseJson>[1]) => refusal(text, limits).map(({ code }) => code);

const accepted = (text: string) => {
  try {
    parseJson(text);
    return [];
  } catch {
    return codes(text);
  }
};

describe("what it reads", () => {
  test("it reads whatever JSON.parse reads, and nothing else", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        fc.pre(!/"(?:__proto__|constructor|prototype)"/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("a text with one character broken is refused exactly when JSON.parse refuses it", () => {
    const sample = '{"a":[1,-2.5e3,true,null,"x\\n\\u0041"],"b":{"c":"d"},"e":[]}';
    fc.assert(
      fc.property(fc.nat(sample.length - 1), fc.constantFrom(...'{}[],:"\\ 0-.eux\u0001tn'), (at, c) => {
        const text = sample.slice(0, at) + c + sample.slice(at + 1);
        let sound = true;
        try {
          JSON.parse(text);
        } catch {
          sound = false;
        }
        const found = sound ? accepted(text) : codes(text);
        if (sound) expect(found).not.toContain("MALFORMED_JSON");
        else expect(found).toContain("MALFORMED_JSON");
      }),
      { numRuns: 2000 },
    );
  });

  test("a byte order mark at the start is forgiven", () => expect(parseJson('\ufeff{"a":1}')).toEqual({ a: 1 }));
});

describe("what it refuses", () => {
  test("GR-003 twenty thousand open brackets are too deep, without overflowing", () => {
    expect(codes(`${"[".repeat(20_000)}${"]".repeat(20_000)}`)).toEqual(["JSON_TOO_DEEP"]);
  });

  test("32 levels are read, 33 are not", () => {
    expect(parseJson(`${"[".repeat(32)}${"]".repeat(32)}`)).toBeDefined();
    expect(codes(`${"[".repeat(33)}${"]".repeat(33)}`)).toEqual(["JSON_TOO_DEEP"]);
  });

  test("GR-004 truncated JSON names the byte where it ends, and shows no stack", () => {
    const [problem] = refusal('{"graph":{"nodes":[');
    expect(problem).toMatchObject({ code: "MALFORMED_JSON", message: expect.stringContaining("byte 19") });
    expect(JSON.stringify(problem)).not.toMatch(/at .*\.ts/);
  });

  test("offsets count bytes, not characters", () => {
    expect(refusal('{"ü€😀": x}')[0]?.message).toContain("byte 14");
    expect(refusal("\ufeff{x}")[0]?.message).toContain("byte 4");
  });

  test("GR-006 a key that stands twice is refused, also when spelled with escapes", () => {
    expect(codes('{"nodes":[],"nodes":[{}]}')).toEqual(["DUPLICATE_KEY"]);
    expect(codes('{"a":1,"\\u0061":2}')).toEqual(["DUPLICATE_KEY"]);
    expect(parseJson('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("PP-001 PP-002 PP-004 keys that reach a prototype are refused wherever they stand", () => {
    for (const text of [
      '{"g":{"__proto__":{"isAdmin":true}}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '[{"\\u005f_proto__":1}]',
    ])
      expect(codes(text)).toContain("FORBIDDEN_KEY");
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("every forbidden and doubled key is named, not only the first", () => {
    expect(codes('{"__proto__":1,"a":2,"a":3}')).toEqual(["FORBIDDEN_KEY", "DUPLICATE_KEY"]);
  });

  test("a text over the size limit is refused unread; one at the limit is not", () => {
    expect(codes('"ééé"', { bytes: 7 })).toEqual(["JSON_TOO_LARGE"]);
    expect(parseJson('"ééé"', { bytes: 8 })).toBe("ééé");
    expect(codes(`"${"x".repeat(2 * 1024 * 1024)}"`)).toEqual(["JSON_TOO_LARGE"]);
  });

  test.each([
    "",
    " ",
    "{",
    "[1,]",
    '{"a":1,}',
    "{a:1}",
    "'a'",
    "01",
    "1.",
    ".5",
    "+1",
    "NaN",
    "nul",
    '"a\nb"',
    '"\\x"',
    "[] []",
    "\u00a01",
    '{"a"}',
    "-",
    "1e",
  ])("%j is not JSON", (text) => expect(codes(text)).toEqual(["MALFORMED_JSON"]));
});

test("two mebibytes of small values are read in one pass", () => {
  const text = JSON.stringify(Array.from({ length: 60_000 }, (_, i) => ({ id: `n${i}`, x: i * 1.5, on: true })));
  expect(text.length).toBeGreaterThan(1_900_000);
  expect(parseJson(text, { bytes: 4 * 1024 * 1024 })).toHaveLength(60_000);
});
