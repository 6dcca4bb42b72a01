import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical } from "#lib/engine/canonical.ts";
import { findSecrets } from "#lib/protocol/find-secrets.ts";
import { hasErrors } from "#lib/protocol/problems.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";
import { cleanImport } from "#lib/runtime/bundle/clean-import.ts";
import { readDocument } from "#lib/runtime/bundle/read-bundle.ts";
import { canonicalText, templateFile } from "#lib/runtime/bundle/write-text.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

const registry = createRegistry(NODES);
const id = fc.stringMatching(/^[a-z][a-z0-9_-]{0,12}$/);
const text = fc.string({ unit: "grapheme", maxLength: 40 });
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(id, tie("any"), { maxKeys: 3 }),
  ),
})).any;
const node = fc.record(
  {
    id,
    type: fc.oneof(fc.constantFrom(...registry.nodes.map(({ type }) => type)), id),
    title: text,
    position: fc.record({ x: fc.integer(), y: fc.integer() }),
    config: fc.dictionary(id, value, { maxKeys: 5 }),
    take: fc.integer({ min: 1, max: 99 }),
    mode: fc.constantFrom("on", "bypass", "mute"),
  },
  { requiredKeys: ["id", "type"] },
);
const input = fc.record(
  { key: id, title: text, type: fc.constantFrom("text", "longtext", "number", "color", "image"), default: value },
  { requiredKeys: ["key", "type"] },
);
const document = fc.record({
  id,
  name: text,
  inputs: fc.uniqueArray(input, { selector: ({ key }) => key, maxLength: 4 }),
  nodes: fc.uniqueArray(node, { selector: (one) => one.id, maxLength: 8 }),
  frames: fc.uniqueArray(fc.record({ id, title: text }), { selector: (one) => one.id, maxLength: 2 }),
});
const form = fc.record({
  groups: fc.array(
    fc.record({
      title: text,
      fields: fc.array(fc.record({ key: id, placeholder: text, shown: fc.boolean() }), { maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
});

test("TI-012 export, import, export: the very same bytes, for 1000 random templates", () => {
  let tried = 0;
  fc.assert(
    fc.property(document, form, text, (raw, layout, words) => {
      const { graph, problems } = readGraph(raw);
      // Reserved words and secrets are refused at the door; they never reach an export.
      fc.pre(graph !== undefined && !hasErrors(problems) && findSecrets(raw).length === 0);
      if (!graph) return;
      const { warnings } = cleanImport(graph, registry);
      fc.pre(warnings.length === 0);
      tried += 1;
      const head = {
        id: graph.id,
        revision: 1,
        name: graph.name,
        publishedAt: 0,
        current: true,
        graphRevision: 1,
        asks: 0,
      };
      const first = canonicalText(
        templateFile({ ...head, graph, inputs: graph.inputs, form: layout, description: words, notes: words }),
      );
      const found = readDocument(first);
      const again = readGraph(cleanImport(found.graph, registry).document).graph;
      if (!again || !found.template) throw new Error("not read");
      expect(canonical(again)).toBe(canonical(graph));
      expect(canonicalText({ ...found.template, graph: again })).toBe(first);
    }),
    { numRuns: 1000 },
  );
  expect(tried).toBeGreaterThanOrEqual(1000);
});
