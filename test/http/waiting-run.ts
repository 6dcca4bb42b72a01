import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Review } from "#lib/protocol/reviews.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { NODES } from "#nodes/index.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

/** A server with a real studio on a folder; starting another one on the same folder is what a restart does. */
export async function startReal(
  options: Omit<NonNullable<Parameters<typeof startFront>[0]>, "studio"> & { folder?: string } = {},
): Promise<FrontServer & { folder: string }> {
  const { folder = mkdtempSync(join(tmpdir(), "waiting-")), ...rest } = options;
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: folder }));
  studio.startWorker();
  const front = await startFront({ ...rest, studio, nodes: () => createRegistry(NODES).nodeInfo() });
  return { ...front, folder };
}

let asked = 0;

/** Starts a run whose pictures a person is asked about, and waits until they are. */
export async function startWaiting(
  front: FrontServer,
  wish: { pictures?: number; question?: string; passes?: number } = {},
): Promise<{ runId: string; review: Review }> {
  asked += 1;
  const graph = {
    id: "asked",
    name: "Harbour campaign",
    nodes: [
      { id: "words", type: "prompt", config: { text: `a secret harbour, number ${asked}` } },
      { id: "hero", type: "generate", config: { size: "1024x1024", variants: wish.pictures ?? 1, partials: 0 } },
      { id: "look", type: "review", title: "Art direction", config: { question: wish.question ?? "Good to go?" } },
    ],
    edges: [
      { id: "a", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
      { id: "b", source: "hero", sourceHandle: "image", target: "look", targetHandle: "image" },
      {
        id: "c",
        source: "look",
        sourceHandle: "revision",
        target: "hero",
        targetHandle: "revision",
        loop: { passes: wish.passes ?? 3 },
      },
    ],
  };
  const started = await front.fetch("/api/runs", withJson({ graph }));
  const { runId } = (await started.json()) as { runId: string };
  return { runId, review: await waitsAgain(front, runId, "look@0") };
}

/** The step once it waits. */
export async function waitsAgain(front: FrontServer, runId: string, stepKey: string): Promise<Review> {
  let review: Review | undefined;
  await expect
    .poll(
      async () => {
        const answer = await front.fetch(`/api/reviews/${runId}/${stepKey}`);
        review = answer.status === 200 ? ((await answer.json()) as Review) : undefined;
        return review?.state;
      },
      { timeout: 15_000, interval: 30 },
    )
    .toBe("waiting");
  return review as Review;
}

/** The run once it has come to an end. */
export async function endOf(front: FrontServer, runId: string): Promise<Record<string, never>> {
  await (await front.fetch(`/api/runs/${runId}/events`)).text();
  return (await (await front.fetch(`/api/runs/${runId}`)).json()) as Record<string, never>;
}
