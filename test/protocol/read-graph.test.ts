import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { migrateGraph } from "#lib/protocol/graph-migrations.ts";
import { parseJson } from "#lib/protocol/parse-json.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";

const node = (id: string, more: Record<string, unknown> = {}) => ({ id, type: "text", ...more });
const edge = (id: string, source: string, target: string) => ({
  id,
  source,
  sourceHandle: "text",
  target,
  targetHandle: "text",
});
const codes = (value: unknown) => readGraph(value).problems.map(({ code }) => code);

describe("documents that are fine", () => {
  test("what is left out gets its default", () => {
    const { graph, problems } = readGraph({ nodes: [node("a")] });
    expect(problems).toEqual([]);
    expect(graph).toMatchObject({ format: "throughline/graph", version: 1, inputs: [], edges: [], frames: [] });
    expect(graph?.nodes[0]).toEqual({
      id: "a",
      type: "text",
      typeVersion: 1,
      position: { x: 0, y: 0 },
      config: {},
      take: 1,
      mode: "on",
    });
  });

  test("unknown settings and node types are kept", () => {
    const { graph } = readGraph({ nodes: [node("a", { type: "from/elsewhere", config: { odd: [1, { x: null }] } })] });
    expect(graph?.nodes[0]).toMatchObject({ type: "from/elsewhere", config: { odd: [1, { x: null }] } });
  });

  test("onError beside the config moves into it; the document handed in stays as it was", () => {
    const value = {
      nodes: [
        node("a", { onError: "continue" }),
        node("b", { onError: "stop", config: { x: 1, onError: "continue" } }),
      ],
    };
    const { graph, problems } = readGraph(value);
    expect(problems).toEqual([]);
    expect(graph?.nodes.map(({ config }) => config)).toEqual([{ onError: "continue" }, { onError: "continue", x: 1 }]);
    expect(value.nodes[0]).toHaveProperty("onError");
  });

  test.each(readdirSync("test/fixtures/graphs").filter((name) => /^v\d+-/.test(name)))(
    "the saved file %s stays readable and loses nothing",
    (name) => {
      const saved = parseJson(readFileSync(`test/fixtures/graphs/${name}`, "utf8")) as Record<string, unknown>;
      const { graph, problems } = readGraph(saved);
      expect(problems).toEqual([]);
      expect(graph).toMatchObject(saved);
      expect(readGraph(JSON.parse(JSON.stringify(graph))).graph).toEqual(graph);
    },
  );

  test("an older document is brought up one version at a time", () => {
    const steps = {
      1: (old: Record<string, unknown>) => ({ ...old, a: 1 }),
      2: (old: Record<string, unknown>) => ({ ...old, b: old.a }),
    };
    expect(migrateGraph({ version: 1 }, 1, steps, 3)).toEqual({ version: 3, a: 1, b: 1 });
    expect(() => migrateGraph({ version: 1 }, 1, {}, 3)).toThrow("version 1");
  });
});

describe("documents that are refused", () => {
  test.each([null, 1, "graph", [[]], undefined])("%j is no graph", (value) =>
    expect(codes(value)).toEqual(["BAD_FIELD"]),
  );

  test("GR-020 a future version is too new, an impossible one unknown; the value is left untouched", () => {
    const value = Object.freeze({ version: 9999, surprise: true });
    expect(codes(value)).toEqual(["SCHEMA_TOO_NEW"]);
    for (const version of [-1, 0, 1.5, "1", null]) expect(codes({ version })).toEqual(["SCHEMA_UNKNOWN"]);
    expect(codes({ format: "else" })).toEqual(["SCHEMA_UNKNOWN"]);
  });

  test("GR-013 ids that are reserved words or hold other characters are refused", () => {
    const ids = ["__proto__", "constructor", "toString", "a b", "", "x".repeat(65), "ä"];
    const { problems } = readGraph({ nodes: ids.map((id) => node(id)) });
    expect(problems.filter(({ code }) => code === "BAD_ID").map((problem) => problem.node)).toEqual(ids);
    expect(codes({ nodes: [node("x".repeat(64)), node("A_z-9")] })).toEqual([]);
  });

  test("input keys follow their own rule and may not be reserved either", () => {
    expect(codes({ inputs: [{ key: "1st" }, { key: "constructor" }, { key: "ok" }] })).toEqual(["BAD_ID", "BAD_ID"]);
  });

  test("ids that stand twice are named, per list", () => {
    const { graph, problems } = readGraph({
      nodes: [node("a"), node("a")],
      edges: [edge("a", "a", "a"), edge("a", "a", "a")],
      inputs: [{ key: "k" }, { key: "k" }],
    });
    expect(problems.map(({ code, node, edge, field }) => [code, node ?? edge ?? field])).toEqual([
      ["DUPLICATE_ID", "a"],
      ["DUPLICATE_ID", "a"],
      ["DUPLICATE_ID", "k"],
    ]);
    expect(graph?.nodes).toHaveLength(2);
  });

  test("GR-014 one node or edge over the limit names both figures and the limit; at the limit all is well", () => {
    const nodes = Array.from({ length: 501 }, (_, i) => node(`n${i}`));
    const edges = Array.from({ length: 2001 }, (_, i) => edge(`e${i}`, "n0", "n1"));
    const { problems } = readGraph({ nodes, edges });
    expect(problems).toMatchObject([
      { code: "GRAPH_TOO_LARGE", message: expect.stringMatching(/501 .*2001 .*500 .*2000/) },
    ]);
    expect(
      codes({ nodes: nodes.slice(1), edges: edges.slice(1).map((e) => ({ ...e, source: "n1", target: "n2" })) }),
    ).toEqual([]);
  });

  test("GR-015 a full mesh is refused by its size, before anything else is looked at", () => {
    let looked = 0;
    const mesh = new Proxy([] as unknown[], {
      get(target, key) {
        if (key === "length") return 124_750;
        looked += 1;
        return Reflect.get(target, key);
      },
    });
    expect(codes({ nodes: [node("a")], edges: mesh })).toEqual(["GRAPH_TOO_LARGE"]);
    expect(looked).toBe(0);
  });

  test("200 inputs are read, 201 are not", () => {
    const inputs = Array.from({ length: 201 }, (_, i) => ({ key: `k${i}` }));
    expect(codes({ inputs })).toEqual(["GRAPH_TOO_LARGE"]);
    expect(codes({ inputs: inputs.slice(1) })).toEqual([]);
  });

  test("GR-024 unknown fields are refused with node and field, all of them", () => {
    const { problems } = readGraph({
      extra: 1,
      nodes: [node("a", { __debug: true, skipAuth: true })],
      edges: [{ ...edge("e", "a", "a"), weight: 1 }],
    });
    expect(problems.map(({ code, node, edge, field }) => [code, node, edge, field])).toEqual(
      expect.arrayContaining([
        ["UNKNOWN_FIELD", undefined, undefined, "extra"],
        ["UNKNOWN_FIELD", "a", undefined, "__debug"],
        ["UNKNOWN_FIELD", "a", undefined, "skipAuth"],
        ["UNKNOWN_FIELD", undefined, "e", "weight"],
      ]),
    );
    expect(problems).toHaveLength(4);
  });

  test("fields of the wrong sort name node and field", () => {
    const { problems } = readGraph({ nodes: [node("a", { take: 0, mode: "off", config: [] }), { type: "text" }] });
    expect(problems.map(({ code, node, field }) => [code, node, field])).toEqual([
      ["BAD_FIELD", "a", "config"],
      ["BAD_FIELD", "a", "take"],
      ["BAD_FIELD", "a", "mode"],
      ["BAD_ID", undefined, "nodes.1.id"],
    ]);
  });

  test("a text over 64 KiB is refused where it stands; one of exactly 64 KiB is read", () => {
    const { problems } = readGraph({ nodes: [node("a", { config: { deep: [{ text: "é".repeat(32 * 1024 + 1) }] } })] });
    expect(problems).toMatchObject([{ code: "STRING_TOO_LONG", node: "a", field: "deep.0.text" }]);
    expect(codes({ nodes: [node("a", { config: { text: "x".repeat(64 * 1024) } })] })).toEqual([]);
  });

  test("PP-003 forbidden keys are refused although nobody parsed the text first", () => {
    const config = JSON.parse('{"a":{"__proto__":{"x":1}}}');
    expect(readGraph({ nodes: [node("a", { config })] }).problems).toMatchObject([
      { code: "FORBIDDEN_KEY", node: "a", field: "a" },
    ]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test.each([
    "sk-proj-4f9Zk2LmQ8sT1vXy0aBc",
    "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
    "https://artist:hunter2@pictures.example/a.png",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
  ])("SC-001 a text with a key in it is refused wherever it stands, and not repeated: %s", (secret) => {
    const places = [
      { nodes: [node("a", { config: { deep: [{ text: `use ${secret}` }] } })] },
      { nodes: [node("a", { title: secret })] },
      { nodes: [node("a")], inputs: [{ key: "k", type: "text", default: secret }] },
      { nodes: [node("a")], name: secret },
    ];
    for (const document of places) {
      const { problems } = readGraph(document);
      expect(problems.map(({ code }) => code)).toContain("SECRET_IN_GRAPH");
      expect(JSON.stringify(problems)).not.toContain(secret);
    }
  });

  test.each([
    "a risk-taking sk-8 skater, bearer of news",
    "https://pictures.example:8080/a@b.png",
    "the task-force-of-twenty-two-people",
    "{{secrets.OPENAI_API_KEY}}",
    "a.".repeat(32 * 1024),
  ])("SC-001 everyday words are no key: %.40s", (text) => {
    expect(codes({ nodes: [node("a", { config: { text } })] })).toEqual([]);
  });

  test("a value nested thousands of levels deep is refused, not walked into the ground", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 50_000; i++) deep = [deep];
    expect(codes({ nodes: [node("a", { config: { deep } })] })).toEqual(["JSON_TOO_DEEP"]);
  });

  test("everything wrong is said in one go", () => {
    const found = codes({
      nodes: [node("a b"), node("c", { skip: 1 }), node("c", { config: { t: "x".repeat(70_000) } })],
      edges: [{ id: "e" }],
    });
    expect(new Set(found)).toEqual(
      new Set(["BAD_ID", "UNKNOWN_FIELD", "DUPLICATE_ID", "STRING_TOO_LONG", "BAD_FIELD"]),
    );
  });
});
