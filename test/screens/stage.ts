import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Served } from "../e2e/served.ts";

/** What the screens are shown with: a graph that has run, one that is empty, and their ids. */
export type Stage = { served: Served; graphId: string; emptyId: string; runId: string };

const demo = (): Record<string, unknown> =>
  JSON.parse(readFileSync(fileURLToPath(new URL("../../public/graphs/demo.json", import.meta.url)), "utf8"));

/** Fills an empty studio: the demo graph in two revisions, and a finished run of it. */
export async function setStage(served: Served): Promise<Stage> {
  const graphId = "screens-demo";
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await served.fetch(path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  const graph = { ...demo(), id: graphId };
  const first = await ask("PUT", `/api/graphs/${graphId}`, graph);
  await ask("PUT", `/api/graphs/${graphId}`, reworded(graph), { "if-match": first.headers.get("etag") ?? "" });
  const started = await ask("POST", "/api/runs", { graph: reworded(graph) });
  const { runId } = (await started.json()) as { runId: string };
  for (;;) {
    const { status } = (await (await ask("GET", `/api/runs/${runId}`)).json()) as { status: string };
    if (status === "succeeded") break;
    if (["failed", "cancelled", "paused"].includes(status)) throw new Error(`The run of the stage is ${status}.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { served, graphId, emptyId: "screens-empty", runId };
}

/** The same graph with a node renamed and moved, so that two revisions differ in something that can be seen. */
function reworded(graph: Record<string, unknown>): Record<string, unknown> {
  const nodes = (graph.nodes as { title?: string; position: { x: number; y: number } }[]).map((node, index) =>
    index === 2
      ? { ...node, title: `${node.title ?? "Node"} II`, position: { x: node.position.x, y: node.position.y + 24 } }
      : node,
  );
  return { ...graph, nodes };
}
