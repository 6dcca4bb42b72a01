import { describe, expect, test } from "vitest";
import { ApiError } from "#lib/client/call-api.ts";
import { askedGroups } from "#lib/client/templates/form-fields.ts";
import { faultsOf, inputsOf, valuesFrom } from "#lib/client/templates/form-values.ts";
import { toldProblems } from "#lib/client/templates/told-problems.ts";
import { GraphInput } from "#lib/protocol/graph.ts";
import { FormLayout } from "#lib/protocol/templates.ts";

const inputs = [
  { key: "product", title: "Product", type: "text", required: true },
  { key: "tone_of_voice", type: "longtext", description: "In a few words" },
  { key: "count", type: "number", min: 1, max: 10, default: 3 },
  { key: "night", type: "boolean" },
  { key: "ref", type: "image", required: true },
  { key: "refs", type: "image", many: true },
].map((input) => GraphInput.parse(input));
const layout = (groups: object[]) => FormLayout.parse({ groups });
const groups = askedGroups(inputs, layout([]));
const asset = (n: number) => ({ asset: `sha256:${String(n).repeat(64)}` });

describe("a form", () => {
  test("asks in the order of its layout, with its words, and puts what it does not name at the end", () => {
    const asked = askedGroups(
      inputs,
      layout([
        { title: "Pictures", fields: [{ key: "ref", title: "Your product", help: "From the side" }] },
        { title: "Nothing left", fields: [{ key: "count", shown: false }, { key: "gone" }] },
      ]),
    );
    expect(asked.map(({ title, fields }) => [title, fields.map((field) => field.title)])).toEqual([
      ["Pictures", ["Your product"]],
      ["", ["Product", "Tone of voice", "Night", "Refs"]],
    ]);
    expect(asked[0]?.fields[0]?.help).toBe("From the side");
    expect(asked[1]?.fields[1]?.help).toBe("In a few words");
  });

  test("opens with defaults, or with what a run was given, and sends what was typed", () => {
    const values = valuesFrom(groups);
    expect(values).toEqual({ product: "", tone_of_voice: "", count: "3", night: false, ref: [], refs: [] });
    const again = valuesFrom(groups, {
      product: "lamp",
      count: 5,
      night: true,
      ref: asset(1),
      refs: [asset(2), asset(3)],
      old: 1,
    });
    expect(inputsOf(groups, again)).toEqual({
      product: "lamp",
      tone_of_voice: "",
      count: "5",
      night: true,
      ref: asset(1),
      refs: [asset(2), asset(3)],
    });
    expect(inputsOf(groups, { ...again, count: " ", ref: [], refs: [] })).toEqual({
      product: "lamp",
      tone_of_voice: "",
      night: true,
    });
  });

  test("says what is missing or wrong before anything is sent", () => {
    const faults = faultsOf(groups, { ...valuesFrom(groups), count: "11" });
    expect([...faults]).toEqual([
      ["product", "Fill this in."],
      ["count", "At most 10."],
      ["ref", "Add a picture."],
    ]);
    expect(faultsOf(groups, { product: "x", count: "many", ref: [asset(1)] }).get("count")).toBe("Write a number.");
  });

  test("shows what the server refused at its field, and the rest above the button", () => {
    const refusal = new ApiError(422, {
      type: "",
      title: "",
      status: "invalid",
      detail: "all",
      code: "X",
      problems: [
        { level: "error", code: "BAD_INPUT", field: "count", message: 'The input "count" must be at most 10.' },
        { level: "error", code: "BAD_INPUT", field: "count", message: "again" },
        { level: "error", code: "UNFIT", node: "hero", message: "This cannot be drawn." },
        { level: "warning", code: "W", message: "never mind" },
      ],
    });
    const told = toldProblems(refusal, groups);
    expect([...told.fields]).toEqual([["count", "Count must be at most 10."]]);
    expect(told.form).toBe("This cannot be drawn.");
    expect(toldProblems(new TypeError("x"), groups).form).toContain("cannot be reached");
  });
});
