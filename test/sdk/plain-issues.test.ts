import { describe, expect, it } from "vitest";
import * as z from "zod";
import { plainIssues } from "#lib/sdk/plain-issues.ts";
import { schemaOf } from "#lib/sdk/registry.ts";

const Config = z.object({
  variants: z.int().min(1).max(10).default(1).meta({ title: "Variants" }),
  format: z.enum(["png", "jpeg"]).default("png").meta({ title: "Format" }),
  feather: z.number().gt(0).default(8).meta({ title: "Feather" }),
  name: z.string().min(3).default("abc").meta({ title: "Name" }),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, "a colour is written like #1a2b3c")
    .optional()
    .meta({ title: "Colour" }),
  must: z.array(z.string()).max(1).default([]).meta({ title: "Must" }),
  targets: z
    .array(z.object({ width: z.int().meta({ title: "Width" }) }))
    .default([])
    .meta({ title: "Targets" }),
  lock: z.boolean().default(true).meta({ title: "Lock" }),
});

const said = (config: Record<string, unknown>) => {
  const parsed = Config.safeParse(config, { reportInput: true });
  if (parsed.success) throw new Error("nothing was wrong");
  return plainIssues(parsed.error.issues, schemaOf(Config)).map(({ field, message }) => `${field}: ${message}`);
};

describe("problems with settings in plain language", () => {
  it.each([
    ["a number above its limit", { variants: 11 }, "variants: Variants must be at most 10."],
    ["a number below its limit", { variants: 0 }, "variants: Variants must be at least 1."],
    ["a number that must be above", { feather: 0 }, "feather: Feather must be above 0."],
    ["a text in place of a number", { variants: "two" }, "variants: Variants must be a number."],
    ["a fraction in place of a whole number", { variants: 1.5 }, "variants: Variants must be a whole number."],
    ["a word that is not on the list", { format: "gif" }, 'format: Format must be one of "png", "jpeg".'],
    ["a text that is too short", { name: "a" }, "name: Name must be at least 3 characters long."],
    ["a text of the wrong form", { color: "red" }, "color: Colour is not right: a colour is written like #1a2b3c."],
    ["a list that is too long", { must: ["a", "b"] }, "must: Must must have at most 1 entry."],
    ["a number in place of yes or no", { lock: 1 }, "lock: Lock must be yes or no."],
    [
      "a setting deep inside, by its place",
      { targets: [{ width: 1 }, { width: "wide" }] },
      "targets.1.width: Targets 2 Width must be a number.",
    ],
    ["a missing setting", { targets: [{}] }, "targets.0.width: Targets 1 Width is missing: a number is needed."],
  ])("names %s", (_name, config, sentence) => {
    expect(said(config)).toEqual([sentence]);
  });

  it("names every problem, not only the first", () => {
    expect(said({ variants: 0, format: "gif", lock: "yes" })).toHaveLength(3);
  });
});
