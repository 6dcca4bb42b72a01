import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "#lib/protocol/problems.ts";
import type { Studio } from "#lib/runtime/studio-api.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { runCli } from "./fake-studio.ts";

const cwd = mkdtempSync(join(tmpdir(), "cli-check-"));
let studio: Studio;
beforeAll(async () => {
  studio = await openStudio(readEnv({ THROUGHLINE_DATA: join(cwd, "data") }));
});
afterAll(() => studio.stop());

const words = { id: "words", type: "text", config: { text: "a kayak" } };
const picture = { id: "picture", type: "generate", config: {} };
const wire = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
  id: `${source}-${sourceHandle}-${target}-${targetHandle}`,
  source,
  sourceHandle,
  target,
  targetHandle,
});
const prompt = wire("words", "text", "picture", "prompt");
const sound = { nodes: [words, picture], edges: [prompt] };
const brush = { id: "brush", type: "edit", config: {} };

/** What a mistake must be told with: everything given must be in one of the problems. */
type Mistake = [name: string, graph: unknown, told: Partial<Problem>];
const MISTAKES: Mistake[] = [
  [
    "GR-018 a type that does not exist",
    { nodes: [{ id: "a", type: "../../nodes/evil" }] },
    { node: "a", code: "UNKNOWN_NODE_TYPE" },
  ],
  ...["archive", "overlay", "webhook"].map((type): Mistake => {
    const field = { archive: "name", overlay: "text", webhook: "url" }[type] ?? "";
    return [
      `a name in ${field} of ${type} that no step knows`,
      { nodes: [{ id: "last", type, config: { [field]: "https://example.com/{{run.nope}}" } }] },
      { node: "last", field, code: "UNKNOWN_VARIABLE" },
    ];
  }),
  [
    "an output that does not exist",
    { ...sound, edges: [wire("words", "image", "picture", "prompt")] },
    { node: "words", port: "image" },
  ],
  [
    "an input that does not exist",
    { ...sound, edges: [prompt, wire("words", "text", "picture", "prompts")] },
    { node: "picture", port: "prompts" },
  ],
  [
    "GR-010 a text where an image belongs",
    { nodes: [words, brush], edges: [wire("words", "text", "brush", "image")] },
    { node: "brush", port: "image", code: "PORT_TYPE_MISMATCH" },
  ],
  ["a required input that is not wired", { nodes: [picture] }, { node: "picture", port: "prompt" }],
  [
    "two wires into one single value",
    { nodes: [words, { ...words, id: "more" }, picture], edges: [prompt, wire("more", "text", "picture", "prompt")] },
    { node: "picture", port: "prompt" },
  ],
  [
    "GR-007 a circle that is not a loop",
    {
      nodes: [
        { id: "a", type: "prompt", config: {} },
        { id: "b", type: "prompt", config: {} },
      ],
      edges: [wire("a", "text", "b", "text"), wire("b", "text", "a", "text")],
    },
    { code: "GRAPH_CYCLE" },
  ],
  [
    "GR-008 a node wired to itself",
    { nodes: [{ id: "a", type: "prompt", config: {} }], edges: [wire("a", "text", "a", "text")] },
    { code: "GRAPH_CYCLE" },
  ],
  [
    "a wire from nowhere",
    { ...sound, edges: [prompt, wire("ghost", "text", "picture", "prompt")] },
    { edge: "ghost-text-picture-prompt" },
  ],
  ["two nodes of one id", { nodes: [words, words] }, { node: "words" }],
  ["GR-013 an id that is no id", { nodes: [{ ...words, id: "__proto__" }] }, { code: "BAD_ID" }],
  [
    "a setting of a wrong kind",
    { ...sound, nodes: [words, { ...picture, config: { variants: "three" } }] },
    { node: "picture", field: "variants" },
  ],
  [
    "a size the model cannot draw",
    { ...sound, nodes: [words, { ...picture, config: { size: "1000x1000" } }] },
    { node: "picture", field: "size", code: "SIZE_NOT_LEGAL" },
  ],
  [
    "a name in braces that nobody gives",
    { ...sound, nodes: [{ ...words, config: { text: "a {{thing}}" } }, picture] },
    { node: "words" },
  ],
  [
    "a bound setting whose input is missing",
    { ...sound, nodes: [words, { ...picture, config: { size: { $input: "format" } } }] },
    { node: "picture" },
  ],
  ["GR-020 a format of the future", { version: 9999, nodes: [words] }, { code: "SCHEMA_TOO_NEW" }],
  ["GR-024 a property nobody knows", { nodes: [{ ...words, skipAuth: true }] }, { code: "UNKNOWN_FIELD" }],
  ["GR-025 nothing that runs", {}, { code: "NOTHING_TO_RUN" }],
];

describe("check tells every mistake with its place", () => {
  test.each(MISTAKES)("%s", async (name, graph, told) => {
    writeFileSync(join(cwd, "g.json"), JSON.stringify(graph));
    const world = { cwd, studio: { ...studio, stop: async () => {} } };
    const { exitCode, stdout, stderr } = await runCli(["check", "g.json", "--json"], world);
    const { status, problems } = JSON.parse(stdout);
    expect({ name, exitCode, status }).toEqual({ name, exitCode: 2, status: "invalid" });
    expect(problems).toContainEqual(expect.objectContaining(told));
    for (const problem of problems) expect(stderr).toContain(problem.code);
  });

  test("a sound graph has none, and every mistake of one graph is told at once", async () => {
    const world = { cwd, studio: { ...studio, stop: async () => {} } };
    writeFileSync(join(cwd, "g.json"), JSON.stringify(sound));
    expect((await runCli(["check", "g.json"], world)).exitCode).toBe(0);
    const nodes = [
      { ...words, config: { text: "{{a}}" } },
      { ...picture, config: { variants: 99, size: "big" } },
      { id: "x", type: "nothing" },
    ];
    writeFileSync(join(cwd, "g.json"), JSON.stringify({ ...sound, nodes }));
    const { problems } = JSON.parse((await runCli(["check", "g.json", "--json"], world)).stdout);
    expect(new Set(problems.map((problem: Problem) => problem.node))).toEqual(new Set(["words", "picture", "x"]));
  });

  test("a misspelled member deep inside a setting is warned about by its place", async () => {
    const gate = { id: "gate", type: "qa-gate", config: { checks: [{ kind: "sharpness", atLeast: 5 }] } };
    const { problems } = await studio.check({
      ...sound,
      nodes: [...sound.nodes, gate],
      edges: [prompt, wire("picture", "image", "gate", "image")],
    });
    expect(problems.map(({ level, node, field, code }) => [level, node, field, code])).toEqual([
      ["warning", "gate", "checks.0.atLeast", "UNKNOWN_SETTING"],
    ]);
  });

  test("the graphs that come with the product are sound", async () => {
    for (const name of ["hello", "demo"]) {
      const file = new URL(`../../public/graphs/${name}.json`, import.meta.url).pathname;
      expect(await runCli(["check", file], { studio: { ...studio, stop: async () => {} } })).toMatchObject({
        exitCode: 0,
        stderr: "",
      });
    }
  });
});
