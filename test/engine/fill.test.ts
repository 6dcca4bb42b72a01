import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillLate, fillText } from "#lib/engine/fill.ts";
import { fillConfig, wrapped } from "#lib/engine/fill-config.ts";
import { StepError } from "#lib/protocol/failure.ts";

const values = {
  product: "trail sneaker",
  empty: undefined,
  price: 12.5,
  sale: true,
  shot: { asset: "sha256:aa", note: "side" },
  shots: [{ asset: "sha256:bb" }],
};
const scope = { values, missing: new Set<string>() };
const fill = (template: string, late?: string[]) => fillText(template, scope, late);
const codes = (template: string) => fill(template).problems.map(({ code }) => code);
const failing = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof StepError) return error.code;
    throw error;
  }
  return "nothing";
};

describe("the first pass", () => {
  test.each([
    ["a {{product}} here", "a trail sneaker here"],
    ["{{ product }}{{price}}{{sale}}", "trail sneaker12.5true"],
    ["[{{empty}}]", "[]"],
    ["{{empty | default:none at all}}", "none at all"],
    ['{{empty | default:"a | }} b"}}', "a | }} b"],
    ["{{product | default:x}}", "trail sneaker"],
    ["{{product | upper}}", "TRAIL SNEAKER"],
    ["{{product|title|trim}}", "Trail Sneaker"],
    ["{{product | upper | lower}}", "trail sneaker"],
    ["{{shot.asset}} {{shots.0.asset}}", "sha256:aa sha256:bb"],
    ["\\{{product}} stays, {{product}} does not", "{{product}} stays, trail sneaker does not"],
    ["a } b { c }} d \\ e", "a } b { c }} d \\ e"],
    ['{{"{{"}} and {{"x" | upper}}', "{{ and X"],
  ])("%s → %s", (template, text) => expect(fill(template)).toEqual({ text, problems: [], missing: false }));

  test("slug makes a file name of any text", () => {
    const slug = (product: string) => fillText("{{product | slug}}", { values: { product }, missing: new Set() }).text;
    expect(slug("  Élan — Trail / Sneaker No. 5! ")).toBe("elan-trail-sneaker-no-5");
    expect(slug("日本 の靴")).toBe("日本-の靴");
    expect(slug("--!!--")).toBe("");
  });

  test("EX-008 a value that looks like an expression is put in as it is and never read", () => {
    const hostile = {
      values: { title: "{{secrets.OPENAI_API_KEY}} {{product}}", product: "x" },
      missing: new Set<string>(),
    };
    expect(fillText("{{title}}/{{product}}", hostile)).toMatchObject({
      text: "{{secrets.OPENAI_API_KEY}} {{product}}/x",
      problems: [],
    });
  });

  test("EX-001 code of the kind that escaped other tools is refused by the grammar", () => {
    const code = '{{ constructor.constructor("return process")().mainModule.require("child_process").execSync("id") }}';
    expect(codes(code)).toEqual(["EXPRESSION_SYNTAX"]);
  });

  test.each([
    "{{x[`constructor`]}}",
    '{{x["con"+"structor"]}}',
    "{{ {...product} }}",
    "{{(()=>product.constructor)()}}",
    "{{product + 1}}",
    "{{}}",
    "{{ }}",
    "{{a..b}}",
    "{{.a}}",
    "{{a b}}",
    "{{product |}}",
    "{{product | upper:x}}",
    "{{product | default}}",
    '{{"a}}',
    "{{product",
    '{{product | default:6" tall"}}',
  ])("EX-002 %s is refused by the grammar", (template) => expect(codes(template)).toEqual(["EXPRESSION_SYNTAX"]));

  test.each([
    "x.__proto__",
    "shot.__proto__",
    "shot.constructor",
    "constructor",
    "toString",
    "valueOf",
    "product.length",
    "product.constructor",
    "shots.length",
    "shots.map",
    "shot.asset.length",
    "__proto__.polluted",
  ])("EX-003 {{%s}} is unknown: own properties only", (path) =>
    expect(codes(`{{${path}}}`)).toEqual(["UNKNOWN_VARIABLE"]),
  );

  test.each([
    '{{fetch("http://x")}}',
    '{{readFile("/etc/passwd")}}',
    '{{env("OPENAI_API_KEY")}}',
    "{{product | exec}}",
    "{{product | constructor}}",
  ])("EX-004 %s calls what does not exist", (template) =>
    expect(codes(template)).toEqual(["EXPRESSION_UNKNOWN_FUNCTION"]),
  );

  test("EX-006 comprehensions are no part of the language", () => {
    expect(codes("{{l.all(a, l.all(b, l.all(c, true)))}}")).toEqual(["EXPRESSION_SYNTAX"]);
  });

  test("EX-007 an expression of 1024 characters is read, a longer one is too complex", () => {
    expect(codes(`{{product${" ".repeat(1017)}}}`)).toEqual([]);
    expect(codes(`{{product${" ".repeat(1018)}}}`)).toEqual(["EXPRESSION_TOO_COMPLEX"]);
    expect(codes(`{{${"(".repeat(5000)}}}`)).toEqual(["EXPRESSION_TOO_COMPLEX"]);
  });

  test("an unknown name says which names there are", () => {
    expect(fill("{{colour}}").problems[0]?.message).toContain("there are product, empty");
  });

  test("an image is not a text", () =>
    expect(codes("{{shot}} {{shots}}")).toEqual(["EXPRESSION_NOT_TEXT", "EXPRESSION_NOT_TEXT"]));

  test("all problems of a text are named", () =>
    expect(codes("{{a}} {{b | c}} {{product}}")).toEqual(["UNKNOWN_VARIABLE", "EXPRESSION_UNKNOWN_FUNCTION"]));

  test("a text cannot be blown up by repeating a value", () => {
    const large = { values: { big: "x".repeat(60_000) }, missing: new Set<string>() };
    expect(fillText("{{big}}", large).problems).toEqual([]);
    expect(fillText("{{big}}".repeat(9000), large).problems).toMatchObject([{ code: "STRING_TOO_LONG" }]);
  });

  test("a name without a value yet is remembered", () => {
    expect(fillText("{{product}}", { values, missing: new Set(["product"]) }).missing).toBe(true);
  });
});

describe("the second pass", () => {
  const late = ["#", "label", "graph.*"];
  const names = { "1": "fog", "2": undefined, label: "hero", "graph.name": "Spring" };

  test("late names wait for it; everything else is filled before", () => {
    const first = fill("{{graph.name}}/{{label | upper}}-{{1}}{{2}} {{product}}", late);
    expect(first).toMatchObject({ text: "{{graph.name}}/{{label | upper}}-{{1}}{{2}} trail sneaker", problems: [] });
    expect(fillLate(first.text, names)).toBe("Spring/HERO-fog trail sneaker");
  });

  test("where late names are not offered they are unknown", () => {
    expect(codes("{{label}} {{1}} {{graph.name}}")).toEqual([
      "UNKNOWN_VARIABLE",
      "UNKNOWN_VARIABLE",
      "UNKNOWN_VARIABLE",
    ]);
    expect(fill("{{graphs.x}} {{1a}}", late).problems).toHaveLength(2);
  });

  test("a late name wins over an input of the same name", () => {
    const both = { values: { label: "mine" }, missing: new Set<string>() };
    expect(fillLate(fillText("{{label}}", both, late).text, names)).toBe("hero");
  });

  test("a literal survives both passes", () => {
    expect(fillLate(fill("\\{{label}} {{label}}", late).text, names)).toBe("{{label}} hero");
  });

  test("a value that holds a late name, or half of one, is never read", () => {
    const pairs = ["{{label}}", "\\{{label}}", "{", "\\", "{{1}}", '{{"x"}}', "}}", "{{graph.name}", "a\\u007b"];
    for (const a of pairs)
      for (const b of pairs) {
        const hostile = { values: { a, b }, missing: new Set<string>() };
        const { text } = fillText("{{a}}{{b}}{label}} {{label}}", hostile, late);
        expect(fillLate(text, names)).toBe(`${a}${b}{label}} hero`);
      }
  });

  test("whatever the values are, they arrive as they are", () => {
    const words = fc.string({ unit: fc.constantFrom("{", "}", "\\", '"', "|", "1", "label", " ", "é", "u007b") });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const given = { values: { a, b }, missing: new Set<string>() };
        expect(fillLate(fillText("<{{a}}{{1}}{{b}}>", given, late).text, names)).toBe(`<${a}fog${b}>`);
        expect(fillText("<{{a}}{{b}}>", given).text).toBe(`<${a}${b}>`);
      }),
      { numRuns: 1000 },
    );
  });

  test("unknown names, bad filters and overlong results stop it", () => {
    expect(failing(() => fillLate("{{graph.nope}}", names))).toBe("UNKNOWN_VARIABLE");
    expect(failing(() => fillLate("{{toString}}", names))).toBe("UNKNOWN_VARIABLE");
    expect(failing(() => fillLate("{{label | nope}}", names))).toBe("EXPRESSION_UNKNOWN_FUNCTION");
    expect(failing(() => fillLate("{{1}}".repeat(9), { "1": "x".repeat(10_000) }))).toBe("STRING_TOO_LONG");
  });
});

describe("configs", () => {
  const filled = (config: Record<string, unknown>, fields = {}) => fillConfig(config, fields, scope);

  test("texts are filled wherever they stand, settings are bound whole", () => {
    const { config, problems } = filled({
      text: "{{product}}",
      list: ["{{price}}", { deep: "{{sale}}" }],
      size: { $input: "price" },
      on: { $input: "sale" },
      nested: { a: { $input: "shot" } },
      number: 3,
    });
    expect(problems).toEqual([]);
    expect(config).toEqual({
      text: "trail sneaker",
      list: ["12.5", { deep: "true" }],
      size: 12.5,
      on: true,
      nested: { a: values.shot },
      number: 3,
    });
  });

  test("a binding without a value leaves the setting to its default", () => {
    expect(
      filled({ a: { $input: "empty" }, b: [1, { $input: "empty" }], c: { d: { $input: "empty" } } }).config,
    ).toEqual({ b: [1], c: {} });
  });

  test("a list bound as one entry of a list takes the place of that entry", () => {
    expect(filled({ assets: [{ $input: "shot" }, { $input: "shots" }] }).config).toEqual({
      assets: [values.shot, ...values.shots],
    });
  });

  test("problems name the place within the config", () => {
    expect(
      filled({ a: [{ b: "{{nope}}" }], c: { $input: "nope" } }).problems.map(({ code, field }) => [code, field]),
    ).toEqual([
      ["UNKNOWN_VARIABLE", "a.0.b"],
      ["UNKNOWN_VARIABLE", "c"],
    ]);
  });

  test("an object that only looks like a binding is a plain setting", () => {
    expect(filled({ a: { $input: "price", more: 1 }, b: { $input: 5 } }).config).toEqual({
      a: { $input: "price", more: 1 },
      b: { $input: 5 },
    });
  });

  test("a bound text in a field with late names is as harmless as an inserted one", () => {
    const given = { values: { a: "{{label}}" }, missing: new Set<string>() };
    const { config } = fillConfig({ name: { $input: "a" } }, { name: { late: ["label"] } }, given);
    expect(fillLate(String(config.name), { label: "no" })).toBe("{{label}}");
  });

  test("PP-003 a setting called __proto__ stays a setting", () => {
    const { config } = filled(JSON.parse('{"a":{"__proto__":{"x":1}}}'));
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect((config.a as Record<string, unknown>).x).toBeUndefined();
  });

  test("single images are remembered, to be wrapped where a list is wanted", () => {
    const { images, config } = filled({ assets: { $input: "shot" }, deep: [{ a: { $input: "shot" } }] });
    expect(images).toEqual([["assets"], ["deep", 0, "a"]]);
    expect(wrapped(config, ["deep", 0, "a"])).toMatchObject({ deep: [{ a: [values.shot] }] });
  });
});
