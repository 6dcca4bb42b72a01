import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunDocument } from "#lib/protocol/run.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";

/** The product in this process against a provider at `url`, with a data folder of its own. `env` = further settings. */
export async function openTestStudio(url: string, env: Record<string, string> = {}, concurrency?: number) {
  const folder = mkdtempSync(join(tmpdir(), "throughline-faults-"));
  const settings = {
    THROUGHLINE_DATA: folder,
    OPENAI_API_KEY: "test-key-of-the-matrix",
    OPENAI_BASE_URL: url,
    LOG_LEVEL: "silent",
    ...env,
  };
  const studio = await openStudio(readEnv(settings), { concurrency });
  const ended = async (runId: string): Promise<RunDocument> => {
    await studio.drive(runId);
    return (await studio.run(runId))!;
  };
  return {
    studio,
    /** Runs a graph to its end. */
    run: async (graph: unknown): Promise<RunDocument> => ended((await studio.startRun({ graph })).runId),
    resume: async (runId: string, inDoubt?: "retry" | "give-up"): Promise<RunDocument> => {
      await studio.resume(runId, { inDoubt });
      return await ended(runId);
    },
    async close(): Promise<void> {
      await studio.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One prompt and `count` generations of it, told apart by their takes. */
export const generateGraph = (words: string, config: Record<string, unknown>, count = 1) => ({
  format: "throughline/graph",
  version: 1,
  id: "faults",
  name: "Faults",
  nodes: [
    { id: "words", type: "prompt", config: { text: words } },
    ...Array.from({ length: count }, (_, index) => ({
      id: `draw${index || ""}`,
      type: "generate",
      config,
      take: index + 1,
    })),
  ],
  edges: Array.from({ length: count }, (_, index) => ({
    id: `e${index}`,
    source: "words",
    sourceHandle: "text",
    target: `draw${index || ""}`,
    targetHandle: "prompt",
  })),
});

/** A generation, and an edit that continues it. */
export const editGraph = (words: string, instruction: string, config: Record<string, unknown>) => {
  const { nodes, edges, ...graph } = generateGraph(words, config);
  return {
    ...graph,
    nodes: [...nodes, { id: "ask", type: "text", config: { text: instruction } }, { id: "edit", type: "edit", config }],
    edges: [
      ...edges,
      { id: "e-image", source: "draw", sourceHandle: "image", target: "edit", targetHandle: "image" },
      { id: "e-ask", source: "ask", sourceHandle: "text", target: "edit", targetHandle: "instruction" },
    ],
  };
};
