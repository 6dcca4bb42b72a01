import { describe, expect, it } from "vitest";
import * as z from "zod";
import { catalogueOf, shapeOf } from "#lib/runtime/catalogue.ts";
import { defineNode } from "#lib/sdk/index.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

const PRINT = defineNode({
  type: "print",
  version: 3,
  title: "Print",
  group: "output",
  docs: "Prints.",
  effect: "world",
  inputs: { image: { kind: "image", many: true }, note: { kind: "text", optional: true } },
  outputs: { sheet: { kind: "file" } },
  config: z.object({
    name: z
      .string()
      .default("{{label}}")
      .meta({ title: "Name", late: ["label", "graph.*"] }),
    copies: z.int().max(5).default(1).meta({ title: "Copies" }),
    preview: z.boolean().default(false).meta({ notKeyed: true }),
  }),
  check: ({ copies, name }) =>
    copies === 4 ? [{ field: "copies", code: "FOUR", message: `${name}: four do not fit on a page.` }] : [],
  checkWiring: ({ copies }, wired) =>
    copies > 1 && wired.has("note") ? [{ port: "note", code: "ONE_NOTE", message: "A note goes on one copy." }] : [],
  expands: ({ copies }) => copies,
  migrate: { 1: (old) => ({ ...old, two: true }), 2: ({ count, ...old }) => ({ ...old, copies: count }) },
  async run() {
    return {};
  },
  examples: [],
});

describe("a node type as the engine knows it", () => {
  const shape = shapeOf(PRINT);

  it("keeps ports, effect and version", () => {
    expect(shape).toMatchObject({ type: "print", version: 3, effect: "world", waits: false, runs: true });
    expect(shape.inputs.image).toEqual({ kind: "image", many: true });
  });

  it("lists settings with the late names their text may hold and whether they count for the cache", () => {
    expect({ ...shape.fields }).toEqual({
      name: { late: ["label", "graph.*"] },
      copies: {},
      preview: {},
    });
    expect(shape.notKeyed).toEqual(["preview"]);
  });

  it("PP-004 knows no setting by an inherited name", () => {
    expect(shape.fields.constructor).toBeUndefined();
    expect("toString" in shape.fields).toBe(false);
  });

  it("fills in defaults", () => {
    expect(shape.parse({})).toEqual({ config: { name: "{{label}}", copies: 1, preview: false }, problems: [] });
  });

  it("leaves unknown settings to the engine: dropped from the parsed config, no problem of ours", () => {
    expect(shape.parse({ copies: 2, sparkle: 1 })).toMatchObject({ problems: [] });
    expect(shape.parse({ sparkle: 1 }).config).not.toHaveProperty("sparkle");
  });

  it("names the field of a wrong setting, as an error", () => {
    expect(shape.parse({ copies: 9 }).problems).toEqual([
      { level: "error", code: "BAD_SETTING", field: "copies", message: "Copies must be at most 5." },
    ]);
  });

  it("adds what the type itself checks", () => {
    expect(shape.parse({ copies: 4 }).problems).toEqual([
      { level: "error", field: "copies", code: "FOUR", message: "{{label}}: four do not fit on a page." },
    ]);
  });

  it("checks wires beside a wrong setting too, so that every mistake is named in one go", () => {
    expect(shape.checkWiring?.({ copies: 2, name: 7 }, new Set(["note"]))).toMatchObject([{ code: "ONE_NOTE" }]);
    expect(shape.checkWiring?.({ copies: 99 }, new Set(["note"]))).toEqual(
      shape.checkWiring?.(shape.parse({}).config, new Set(["note"])),
    );
  });

  it("checks wires, and says how many values one item can become", () => {
    const { config } = shape.parse({ copies: 2 });
    expect(shape.checkWiring?.(config, new Set(["image"]))).toEqual([]);
    expect(shape.checkWiring?.(config, new Set(["note"]))).toMatchObject([{ level: "error", code: "ONE_NOTE" }]);
    expect(shape.expands?.(config, { image: 1 })).toBe(2);
  });

  it("brings an old config forward one version at a time", () => {
    expect(shape.migrate({ count: 2 }, 1)).toEqual({ two: true, copies: 2 });
    expect(shape.migrate({ count: 2 }, 2)).toEqual({ copies: 2 });
    expect(shape.migrate({ copies: 2 }, 3)).toEqual({ copies: 2 });
  });
});

describe("the catalogue", () => {
  const catalogue = catalogueOf(createRegistry(NODES));

  it("GR-018 knows the types of nodes/ and no others", () => {
    expect(catalogue.types()).toEqual(NODES.map(({ type }) => type).sort());
    expect(catalogue.get("../../nodes/evil")).toBeUndefined();
    expect(catalogue.get("constructor")).toBeUndefined();
  });

  it("every type parses an empty config or says what is missing", () => {
    for (const type of catalogue.types()) {
      const { problems } = catalogue.get(type)!.parse({});
      for (const { message } of problems) expect(message, type).toMatch(/\.$/);
    }
  });

  it("partial pictures never count for the cache, everything else that is drawn does", () => {
    expect(catalogue.get("generate")!.notKeyed).toEqual(["partials"]);
    expect(catalogue.get("edit")!.notKeyed).toEqual(["partials"]);
  });

  it("late names are allowed where the document says so and nowhere else", () => {
    expect(catalogue.get("prompt")!.fields.text?.late).toEqual(["#"]);
    expect(catalogue.get("archive")!.fields.name?.late).toEqual([
      "graph.id",
      "graph.name",
      "run.id",
      "run.date",
      "label",
      "item",
    ]);
    expect(catalogue.get("text")!.fields.text?.late).toBeUndefined();
    expect(catalogue.get("archive")!.fields.title?.late).toBeUndefined();
  });

  it("a note is the only type without anything to run", () => {
    expect(catalogue.types().filter((type) => !catalogue.get(type)!.runs)).toEqual(["note"]);
  });
});
