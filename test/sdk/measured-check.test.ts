import { describe, expect, it } from "vitest";
import * as z from "zod";
import { fieldsOfSchema } from "#lib/client/editor/fields/control.ts";
import { idsOfChecks, MeasuredCheck, ratioOf, titleOfCheck } from "#lib/sdk/measured-check.ts";
import { plainIssues } from "#lib/sdk/plain-issues.ts";
import { schemaOf } from "#lib/sdk/registry.ts";

const Config = z.object({ checks: z.array(MeasuredCheck).default([]).meta({ title: "Checks" }) });
const KINDS = ["dimensions", "aspect", "alpha", "bytes", "sharpness", "palette", "similarity", "drift", "text"];
const said = (check: unknown): string[] => {
  const parsed = Config.safeParse({ checks: [check] }, { reportInput: true });
  return parsed.success
    ? []
    : plainIssues(parsed.error.issues, schemaOf(Config)).map(({ field, message }) => `${field}: ${message}`);
};

describe("the settings of measured checks", () => {
  it.each([
    ["dimensions", { width: 1024, height: 1024, compare: "exactly" }],
    ["aspect", { ratio: "1:1", tolerance: 0.01 }],
    ["alpha", { required: true }],
    ["bytes", { max: 5_000_000 }],
    ["sharpness", { min: 50 }],
    ["drift", { max: 0.2 }],
  ])("%s alone is complete: everything has a default", (kind, defaults) => {
    expect(MeasuredCheck.parse({ kind })).toEqual({ kind, weight: 1, must: false, ...defaults });
  });

  it("palette, similarity and text need to be told what", () => {
    expect(MeasuredCheck.parse({ kind: "palette", colors: ["#fff"] })).toMatchObject({ maxDeltaE: 10, coverage: 0.6 });
    expect(MeasuredCheck.parse({ kind: "similarity", max: 0.9 })).toMatchObject({ to: "references", by: "both" });
    expect(MeasuredCheck.parse({ kind: "text", expected: "Sale" })).toMatchObject({
      minScore: 0.98,
      match: "contains",
    });
  });

  it.each([
    ["a kind nobody knows", { kind: "smell" }, /^checks\.0\.kind: .* choose dimensions, aspect, alpha/],
    ["no kind", {}, /^checks\.0\.kind: /],
    ["no width", { kind: "dimensions", width: 0 }, "checks.0.width: Checks 1 width must be at least 1."],
    ["half a pixel", { kind: "dimensions", height: 10.5 }, "checks.0.height: Checks 1 height must be a whole number."],
    [
      "proportions that are none",
      { kind: "aspect", ratio: "wide" },
      /^checks\.0\.ratio: .* write proportions like 16:9/,
    ],
    ["proportions of nothing", { kind: "aspect", ratio: "16:0" }, /^checks\.0\.ratio: /],
    [
      "a negative tolerance",
      { kind: "aspect", tolerance: -1 },
      "checks.0.tolerance: Checks 1 tolerance must be at least 0.",
    ],
    [
      "a word for yes or no",
      { kind: "alpha", required: "yes" },
      "checks.0.required: Checks 1 required must be yes or no.",
    ],
    ["no bytes", { kind: "bytes", max: 0 }, "checks.0.max: Checks 1 max must be at least 1."],
    ["a word for a number", { kind: "sharpness", min: "very" }, "checks.0.min: Checks 1 min must be a number."],
    ["no colors", { kind: "palette", colors: [] }, "checks.0.colors: Checks 1 colors must have at least 1 entry."],
    [
      "a color by its name",
      { kind: "palette", colors: ["#fff", "red"] },
      /^checks\.0\.colors\.1: .* a color is written like #1A2B3C/,
    ],
    [
      "more than everything",
      { kind: "palette", colors: ["#fff"], coverage: 60 },
      "checks.0.coverage: Checks 1 coverage must be at most 1.",
    ],
    ["no bound of similarity", { kind: "similarity" }, /^checks\.0\.min: .* at least, or at most under max/],
    [
      "bounds that cross",
      { kind: "similarity", min: 0.8, max: 0.2 },
      /^checks\.0\.max: .* must not be below the least/,
    ],
    ["drift in percent", { kind: "drift", max: 20 }, "checks.0.max: Checks 1 max must be at most 1."],
    ["no text", { kind: "text", expected: "  " }, /^checks\.0\.expected: .* write the words/],
    ["no weight at all", { kind: "drift", weight: -1 }, "checks.0.weight: Checks 1 weight must be at least 0."],
    ["a must that is a word", { kind: "drift", must: "sure" }, "checks.0.must: Checks 1 must must be yes or no."],
  ])("%s names the field", (_name, check, sentence) => {
    const [first, ...more] = said(check);
    expect(more).toEqual([]);
    if (sentence instanceof RegExp) expect(first).toMatch(sentence);
    else expect(first).toBe(sentence);
  });

  it("the inspector draws one tab per kind, and what a tab starts with is right", () => {
    const [checks] = fieldsOfSchema(schemaOf(Config));
    if (checks?.control.kind !== "rows" || checks.control.item.control.kind !== "shapes") throw new Error("no tabs");
    const { shapes } = checks.control.item.control;
    expect(shapes.map(({ value }) => value)).toEqual(KINDS);
    expect(said(checks.control.seed)).toEqual([]);
    for (const { seed, fields } of shapes) {
      expect(said(seed)).toEqual([]);
      expect(fields.filter(({ control }) => control.kind === "raw")).toEqual([]);
    }
  });

  it("every kind says its unit, method and source, and every setting its title", () => {
    const { oneOf } = schemaOf(MeasuredCheck) as {
      oneOf: { [key: string]: unknown; properties: Record<string, { title?: string }> }[];
    };
    expect(oneOf).toHaveLength(KINDS.length);
    for (const shape of oneOf) {
      for (const fact of ["title", "description", "unit", "method", "source"])
        expect(shape[fact], fact).toEqual(expect.any(String));
      const untitled = Object.entries(shape.properties).filter(([name, { title }]) => name !== "kind" && !title);
      expect(untitled).toEqual([]);
    }
  });
});

describe("proportions", () => {
  it.each([
    ["16:9", 16 / 9],
    ["4/5", 0.8],
    [" 3 x 2 ", 1.5],
    ["1.91:1", 1.91],
    ["1.5", 1.5],
    [1.25, 1.25],
    ["", undefined],
    ["16:9:4", undefined],
    ["0:1", undefined],
    [-2, undefined],
    [Number.NaN, undefined],
  ])("%j is %j", (ratio, value) => {
    if (value === undefined) expect(ratioOf(ratio)).toBeUndefined();
    else expect(ratioOf(ratio)).toBeCloseTo(value, 12);
  });
});

describe("names of checks", () => {
  it("ids are the own one or the kind, and never twice the same", () => {
    const checks = [
      { kind: "alpha" },
      { kind: "alpha" },
      { kind: "bytes", id: "alpha" },
      { kind: "drift", id: "lock" },
    ];
    const parsed = checks.map((check) => MeasuredCheck.parse(check));
    expect(idsOfChecks(parsed)).toEqual(["alpha", "alpha-2", "alpha-3", "lock"]);
    expect(idsOfChecks(parsed.slice(0, 1), ["alpha"])).toEqual(["alpha-2"]);
  });

  it("titles are the own one or the kind's", () => {
    expect(titleOfCheck(MeasuredCheck.parse({ kind: "bytes" }))).toBe("File size");
    expect(titleOfCheck(MeasuredCheck.parse({ kind: "bytes", title: "Small enough" }))).toBe("Small enough");
  });
});
