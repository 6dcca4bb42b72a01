import { describe, expect, it } from "vitest";
import type { AnyNode, Ports } from "#lib/sdk/index.ts";
import { createRegistry, schemaOf } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";
import { nodeFiles } from "../../bin/generate-node-index.ts";

const DRAW =
  "lane=conversation model imageModel variants=1 size=auto quality=auto background=auto format=png compression partials=2 moderation=auto";

/**
 * The catalogue of the first edition (later types need no row): `inputs → outputs | settings`. `kind*` takes the whole list, `?` may stay unwired, `name=value` is a
 * default. These names are part of the graph document: a node may gain more, never rename or lose one.
 */
const CATALOGUE: Record<string, string> = {
  text: "→ text:text | text=",
  number: "→ number:number | value=0",
  brief: "→ text:text | objective= message= audience= colors=[] typography= must=[] avoid=[]",
  "spec-sheet": "brief?:text references?:image* → spec:spec | name= text= extends library",
  distil: "image:image → spec:spec text:text | request model saveAs",
  reference: "→ image:image | assets role=other note",
  prompt:
    "text?:text* → text:text | mode=free text= subject= action= environment= lighting= style= camera= details= avoid=",
  converse: "text:text spec?:spec context?:thread references?:image* → thread:thread text:text | model",
  generate: `prompt:text spec?:spec references?:image* context?:thread revision?:revision → image:image | ${DRAW}`,
  edit: `image:image instruction:text mask?:mask references?:image* spec?:spec revision?:revision → image:image drift:number | ${DRAW} action=edit strictLock=true feather=8 memory=continue`,
  markup: "image:image → image:image markup:image | shapes",
  mask: "image:image → mask:mask | source=paint strokes rect color tolerance asset grow feather invert",
  "qa-gate":
    "image:image brief?:text references?:image* → pass:image revision:revision reject:image verdict:verdict | checks checklist threshold=0.8 restartBelow=0.4 model samples=1",
  review: "image:image → approved:image revision:revision rejected:image | question timeout otherwise",
  pick: "image:image* → image:image rest:image | by=judge count=1 criterion model",
  resize: "image:image → image:image | targets preset",
  upscale: "image:image → image:image | scale=2 width height kernel=lanczos3",
  grade:
    "image:image match?:image → image:image | exposure=0 contrast=0 saturation=0 temperature=0 tint=0 gamma=0 blacks=0 whites=0 curve lut matchStrength",
  overlay:
    "image:image logo?:image text?:text → image:image | text font size color anchor margin opacity scale safeArea",
  "keep-region": "base:image from:image mask:mask → image:image | feather=8",
  encode: "image:image → file:file | format=png quality=90 maxBytes metadata=basic",
  archive:
    "image?:image* file?:file* verdict?:verdict* → entry:record | name={{graph.name}}/{{run.date}}/{{label}} collection tags=[] sidecar=true title alt",
  webhook: "data:any* → | url secret include",
  switch: "value:any → then:any else:any | when",
  subgraph: "→ | graph inputs",
  note: "→ | markdown=",
  reroute: "value:any → value:any |",
};

const words = (text: string) => text.split(/\s+/).filter(Boolean);

function portsIn(text: string): Ports {
  return Object.fromEntries(
    words(text).map((word) => {
      const [, name = "", optional, kind = "", many] = /^(\w+)(\?)?:(\w+)(\*)?$/.exec(word) ?? [];
      return [
        name,
        { kind, ...(optional ? { optional: true } : {}), ...(many ? { many: true } : {}) } as Ports[string],
      ];
    }),
  );
}

const wiring = (ports: Ports): Ports =>
  Object.fromEntries(
    Object.entries(ports).map(([name, { kind, optional, many }]) => [
      name,
      { kind, ...(optional ? { optional } : {}), ...(many ? { many } : {}) },
    ]),
  );

function rowOf(type: string) {
  const [ports = "", settings = ""] = (CATALOGUE[type] ?? "").split("|");
  const [inputs = "", outputs = ""] = ports.split("→");
  const named = words(settings).map((word) => {
    const at = word.indexOf("=");
    return at < 0 ? { name: word } : { name: word.slice(0, at), default: word.slice(at + 1) };
  });
  return { inputs: portsIn(inputs), outputs: portsIn(outputs), settings: named };
}

const written = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

describe("every node file", () => {
  it("defines the type it is named after", async () => {
    const names = nodeFiles().flatMap((file) =>
      file.endsWith(".ts") && file !== "index.ts" ? [file.slice(0, -3)] : [],
    );
    for (const name of names) {
      const { default: node } = (await import(`../../nodes/${name}.ts`)) as { default: AnyNode };
      expect(node.type).toBe(name);
    }
  });

  it("is a type of its own", () => {
    expect(() => createRegistry(NODES)).not.toThrow();
  });

  it.each(NODES)(
    "$type speaks to the person who wires it: title, icon, docs, examples with names of their own",
    (node) => {
      expect(node.title).toMatch(/^[A-Z]/);
      expect(node.icon).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(node.docs.length).toBeGreaterThan(40);
      expect(node.examples.length).toBeGreaterThanOrEqual(Object.hasOwn(CATALOGUE, node.type) ? 2 : 1);
      expect(new Set(node.examples.map(({ name }) => name)).size).toBe(node.examples.length);
    },
  );

  it.each(NODES)("$type gives every setting a title", (node) => {
    for (const [name, property] of Object.entries(schemaOf(node.config).properties ?? {})) {
      expect(property.title, name).toMatch(/\S/);
    }
  });

  it.each(NODES)("$type starts without a complaint, or says what it needs", (node) => {
    const parsed = node.config.safeParse({});
    if (!parsed.success) for (const issue of parsed.error.issues) expect(issue.path).not.toEqual([]);
  });
});

describe.each(NODES.filter(({ type }) => Object.hasOwn(CATALOGUE, type)))(
  "$type keeps the words of the graph document",
  (node) => {
    const row = rowOf(node.type);

    it("has the ports of the catalogue", () => {
      expect(wiring(node.inputs)).toEqual(row.inputs);
      expect(wiring(node.outputs)).toEqual(row.outputs);
    });

    it("has the settings of the catalogue with their defaults", () => {
      const properties = schemaOf(node.config).properties ?? {};
      for (const setting of row.settings) {
        expect(Object.keys(properties)).toContain(setting.name);
        if (setting.default !== undefined) {
          expect(written(properties[setting.name]?.default), setting.name).toBe(setting.default);
        }
      }
    });
  },
);
