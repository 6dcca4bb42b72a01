import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type Control, fieldsOfSchema } from "#lib/client/editor/fields/control.ts";
import { fieldsOf, shownFields, unknownSettings } from "#lib/client/editor/fields/node-fields.ts";
import { createRegistry, schemaOf } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

const registry = createRegistry(NODES);
const typed = (name: string) => {
  const type = registry.get(name);
  if (!type) throw new Error(`no type ${name}`);
  return type;
};
const control = (type: string, name: string): Control => {
  const field = fieldsOf(typed(type)).find((one) => one.name === name);
  if (!field) throw new Error(`${type} has no ${name}`);
  return field.control;
};
const made = (schema: z.ZodType) => fieldsOfSchema(schemaOf(z.object({ it: schema })))[0]?.control;

/** Every control below a setting, its own included. */
const deep = (one: Control): Control[] => {
  if (one.kind === "group") return [one, ...one.fields.flatMap(({ control }) => deep(control))];
  if (one.kind === "rows") return [one, ...deep(one.item.control)];
  if (one.kind === "shapes")
    return [one, ...one.shapes.flatMap(({ fields }) => fields.flatMap((f) => deep(f.control)))];
  return [one];
};

describe("the form of a node type", () => {
  test.each(NODES.map((node) => [node.type, node] as const))(
    "%s: every setting has a control, none is raw JSON",
    (_, node) => {
      const fields = fieldsOf(node);
      expect(fields.map(({ name }) => name)).toEqual(Object.keys(node.config.shape));
      const raw = fields.filter(({ control }) => deep(control).some(({ kind }) => kind === "raw"));
      expect(raw.map(({ name }) => name)).toEqual([]);
      for (const { title } of fields) expect(title).toMatch(/^\p{Lu}/u);
    },
  );

  test("is made once per type, so that what shows it need not be drawn again", () => {
    expect(fieldsOf(typed("generate"))).toBe(fieldsOf(typed("generate")));
  });

  test("words become what suits them: boxes that grow, segments, lists, models, sizes, drawings", () => {
    expect(control("prompt", "text")).toMatchObject({ kind: "text", multiline: true });
    expect(control("archive", "collection")).toMatchObject({ kind: "text", multiline: false });
    expect(control("note", "markdown")).toMatchObject({ kind: "text", markdown: true });
    expect(control("edit", "memory")).toMatchObject({ kind: "choice", segmented: true });
    expect(control("generate", "quality")).toMatchObject({ kind: "choice", segmented: false });
    expect(control("generate", "imageModel")).toEqual({ kind: "model", of: "image" });
    expect(control("generate", "size").kind).toBe("size");
    expect(control("brief", "must").kind).toBe("words");
    expect(control("brief", "colors").kind).toBe("colors");
    expect(control("mask", "strokes")).toEqual({ kind: "drawing", dialog: "mask" });
    expect(control("markup", "shapes")).toEqual({ kind: "drawing", dialog: "markup" });
    expect(control("reference", "assets")).toEqual({ kind: "assets", max: 16 });
    expect(control("mask", "asset").kind).toBe("asset");
    expect(control("grade", "lut").kind).toBe("lut");
    expect(control("grade", "curve").kind).toBe("curve");
  });

  test("numbers know their bounds, step and unit; the ends of a double are no bounds", () => {
    expect(control("edit", "feather")).toMatchObject({ kind: "number", min: 0, max: 512, unit: "px", integer: false });
    expect(control("grade", "exposure")).toMatchObject({ slider: true, min: -5, max: 5, step: 0.1 });
    expect(control("generate", "variants")).toMatchObject({ integer: true, min: 1, max: 10, step: 1 });
    expect(control("encode", "maxBytes")).toMatchObject({ integer: true, max: undefined });
  });

  test("one or a list of them is edited as the list, and a group that may be left out starts with its example", () => {
    expect(control("resize", "preset").kind).toBe("choices");
    expect(control("resize", "targets")).toMatchObject({
      kind: "rows",
      seed: { name: "square", width: 1080, height: 1080 },
    });
    expect(control("mask", "rect")).toMatchObject({ kind: "group", optional: true, seed: { x: 0.25, w: 0.5 } });
    expect(control("switch", "when")).toMatchObject({ kind: "group", optional: false });
  });

  test("shapes told apart by a constant become tabs, other unions stay raw", () => {
    const checks = made(
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("aspect"), ratio: z.number().default(1) }),
        z.object({ kind: z.literal("bytes"), max: z.int().min(1) }).meta({ title: "File size" }),
      ]),
    );
    expect(checks).toMatchObject({
      kind: "shapes",
      key: "kind",
      shapes: [
        { value: "aspect", title: "Aspect" },
        { value: "bytes", title: "File size", seed: { kind: "bytes", max: 1 } },
      ],
    });
    expect(made(z.union([z.object({ a: z.string() }), z.array(z.number()), z.string()]))?.kind).toBe("raw");
    expect(made(z.record(z.string(), z.string()))?.kind).toBe("raw");
  });
});

describe("which settings are shown", () => {
  const names = (type: string, config: Record<string, unknown>) =>
    shownFields(typed(type), config).map(({ name }) => name);

  test("those that count beside the others as they stand, defaults included", () => {
    expect(names("prompt", {})).toEqual(["mode", "text"]);
    expect(names("prompt", { mode: "structured" })).not.toContain("text");
    expect(names("mask", { source: "ellipse" })).toContain("rect");
    expect(names("mask", {})).not.toContain("rect");
    expect(names("generate", { lane: "oneshot" })).not.toContain("model");
  });

  test("all of them while an input decides", () => {
    expect(names("prompt", { mode: { $input: "mode" } })).toContain("text");
    expect(names("prompt", { mode: { $input: "mode" } })).toContain("subject");
  });

  test("settings nobody knows are named, the common one is not among them", () => {
    expect(unknownSettings(typed("text"), { text: "a", onError: "continue", seed: 7 })).toEqual(["seed"]);
    expect(unknownSettings(undefined, { any: 1 })).toEqual(["any"]);
  });
});
