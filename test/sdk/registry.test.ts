import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type AnyNode, defineNode } from "#lib/sdk/index.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

const SHOUT: AnyNode = defineNode({
  type: "shout",
  version: 1,
  title: "Shout",
  group: "words",
  docs: "Louder.",
  effect: "pure",
  inputs: { text: { kind: "text" } },
  outputs: { text: { kind: "text" } },
  config: z.object({ marks: z.int().min(1).max(3).default(1).meta({ title: "Marks", control: "stepper" }) }),
  answer: z.object({ approved: z.boolean() }),
  async run(_ctx, { text }) {
    return { text };
  },
  examples: [{ name: "louder", config: { marks: 2 }, gives: () => true }],
});

describe("the registry of node types", () => {
  const registry = createRegistry(NODES);

  it("GR-018 finds only the types it was given: never a path, a module or an inherited name", () => {
    for (const type of [
      "exec",
      "eval",
      "../../nodes/evil",
      "node:fs",
      "./text.ts",
      "constructor",
      "__proto__",
      "toString",
    ]) {
      expect(registry.get(type), type).toBeUndefined();
    }
    expect(registry.get("text")?.title).toBe("Text");
  });

  it("refuses two definitions of one type", () => {
    expect(() => createRegistry([SHOUT, SHOUT])).toThrow('Two node files define the type "shout".');
  });

  it("describes every type as plain JSON, sorted by name", () => {
    const info = registry.nodeInfo();
    expect(JSON.parse(JSON.stringify(info))).toEqual(JSON.parse(JSON.stringify(info)));
    expect(info.map(({ type }) => type)).toEqual([...info.map(({ type }) => type)].sort());
    expect(info).toHaveLength(NODES.length);
  });

  it("gives the JSON Schema of the settings as a person writes them: titles and controls kept, defaults not required", () => {
    const [info] = createRegistry([SHOUT]).nodeInfo();
    expect(info?.config).toMatchObject({
      type: "object",
      properties: {
        marks: { type: "integer", minimum: 1, maximum: 3, default: 1, title: "Marks", control: "stepper" },
      },
    });
    expect(info?.config.required).toBeUndefined();
  });

  it("says that a type may wait, and for what answer", () => {
    const [info] = createRegistry([SHOUT]).nodeInfo();
    expect(info?.waits).toBe(true);
    expect(info?.answer).toMatchObject({ properties: { approved: { type: "boolean" } } });
  });

  it("serves examples without the functions that check them", () => {
    const [info] = createRegistry([SHOUT]).nodeInfo();
    expect(info?.examples).toEqual([{ name: "louder", config: { marks: 2 }, inputs: undefined }]);
  });
});
