import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Served } from "../e2e/served.ts";

/** What the screens are shown with: a graph that has run, one that is empty, runs that were judged and that wait, and their ids. */
export type Stage = {
  served: Served;
  graphId: string;
  /** A graph that has run, with a subgraph of which there is a newer version. */
  subgraphId: string;
  emptyId: string;
  runId: string;
  judgedRunId: string;
  waitingRunId: string;
  batchId: string;
  /** A sheet that extends another, in two versions. */
  sheetId: string;
  /** Published twice, with a cover, and run from its form. */
  templateId: string;
};

const shipped = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../public/graphs/${name}.json`, import.meta.url)), "utf8"));

/** Fills an empty studio: the demo graph in two revisions and a finished run of it, a run with a gate, one that waits for a person, a table. */
export async function setStage(served: Served): Promise<Stage> {
  const graphId = `screens-demo-${Date.now().toString(36)}`;
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await served.fetch(path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  const run = async (document: unknown, rest = "succeeded") => {
    const started = await ask("POST", "/api/runs", { graph: document });
    const { runId } = (await started.json()) as { runId: string };
    for (;;) {
      const { status } = (await (await ask("GET", `/api/runs/${runId}`)).json()) as { status: string };
      if (status === rest) return runId;
      if (!["queued", "running"].includes(status)) throw new Error(`A run of the stage is ${status}.`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const graph = { ...shipped("demo"), id: graphId };
  const first = await ask("PUT", `/api/graphs/${graphId}`, graph);
  await ask("PUT", `/api/graphs/${graphId}`, reworded(graph), { "if-match": first.headers.get("etag") ?? "" });
  const runId = await run(reworded(graph));
  const judgedRunId = await run(shipped("templates/campaign-character-at-the-gate"));
  const waitingRunId = await run(shipped("templates/product-shot-signed-off"), "waiting");
  const batchId = await table(ask, `${graphId}-table`);
  await waysIn(ask, `${graphId}-table`);
  const sheetId = await sheets(ask, runId);
  const templateId = await template(ask, run, `${graphId}-form`);
  const subgraphId = await subgraph(ask, run, `${graphId}-whole`);
  return {
    served,
    templateId,
    graphId,
    subgraphId,
    emptyId: "screens-empty",
    runId,
    judgedRunId,
    waitingRunId,
    batchId,
    sheetId,
  };
}

/** A template with a form of two groups, in two revisions, and a run of it. */
async function template(
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>,
  run: (document: unknown, rest?: string) => Promise<string>,
  id: string,
): Promise<string> {
  const graph = { ...shipped("templates/woodblock-series"), id };
  const saved = await ask("PUT", `/api/graphs/${id}`, graph);
  const { outputs } = (await (await ask("GET", `/api/runs/${await run(graph)}`)).json()) as {
    outputs: Record<string, Record<string, { kind: string; asset: string }[]>>;
  };
  const cover = Object.values(outputs)
    .flatMap((ports) => Object.values(ports).flat())
    .findLast(({ kind }) => kind === "image")?.asset;
  const form = {
    groups: [
      { title: "", fields: [{ key: "place", help: "Where we are, and what the weather does." }] },
      { title: "Who comes by", fields: [{ key: "bird", placeholder: "a heron" }] },
    ],
  };
  const wish = { description: "Three prints of one place, one after the other.", cover, form };
  await ask("POST", `/api/graphs/${id}/publish`, { ...wish, notes: "The first edition." });
  const name = "Woodblock prints";
  await ask("PUT", `/api/graphs/${id}`, { ...graph, name }, { "if-match": saved.headers.get("etag") ?? "" });
  await ask("POST", `/api/graphs/${id}/publish`, { ...wish, notes: "A shorter name." });
  await ask("POST", `/api/templates/${id}/runs`, { inputs: { place: "the old mountain" } });
  return id;
}

/** A graph that holds the first version of another one, and has run; that one was changed since. */
async function subgraph(
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>,
  run: (document: unknown, rest?: string) => Promise<string>,
  id: string,
): Promise<string> {
  const outputs = [{ key: "visitor", title: "The visitor", from: { node: "visitor", port: "image" } }];
  const part = { ...shipped("demo"), id: `${id}-part`, name: "Skarn, three ways", ports: { inputs: [], outputs } };
  const saved = await ask("PUT", `/api/graphs/${part.id}`, part);
  const wire = { sourceHandle: "visitor", targetHandle: "image" };
  const whole = {
    id,
    name: "Skarn for the feeds",
    nodes: [
      { id: "skarn", type: "subgraph", config: { graph: `${part.id}@1` }, position: { x: 0, y: 0 } },
      { id: "feeds", type: "resize", config: { preset: "x-post" }, position: { x: 440, y: 0 } },
    ],
    edges: [{ id: "e1", source: "skarn", target: "feeds", ...wire }],
  };
  await ask("PUT", `/api/graphs/${id}`, whole);
  await run(whole);
  await ask("PUT", `/api/graphs/${part.id}`, reworded(part), { "if-match": saved.headers.get("etag") ?? "" });
  return id;
}

/** A house look with pictures of a run, and one that extends it, changed once. */
async function sheets(
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>,
  runId: string,
): Promise<string> {
  const { outputs } = (await (await ask("GET", `/api/runs/${runId}`)).json()) as {
    outputs: Record<string, Record<string, { kind: string; asset: string; width: number; height: number }[]>>;
  };
  const pictures = Object.values(outputs)
    .flatMap((ports) => Object.values(ports).flat())
    .filter(({ kind }) => kind === "image");
  const samples = [...new Map(pictures.map((picture) => [picture.asset, picture])).values()]
    .slice(0, 3)
    .map(({ asset, width, height }) => ({ asset, width, height, mediaType: "image/png" }));
  const made = async (body: object) =>
    (await (await ask("POST", "/api/sheets", body)).json()) as { id: string; etag: string };
  const text =
    "Pictures of one catalogue.\n\n# Light\nOne large soft source.\n\n# Camera\n85 mm, knee height.\n\n# Room\nAir.";
  const house = await made({ name: "House catalogue", tags: ["product"], text, samples });
  const words = {
    name: "Winter catalogue",
    tags: ["product", "winter"],
    extends: house.id,
    samples: samples.slice(0, 2),
  };
  const child = await made({ ...words, text: "The winter issue.\n\n# Light\nLow sun." });
  const change = {
    ...words,
    text: "The winter issue.\n\n# Light\nLow sun through frost.\n\n# Room",
    note: "Frost, and no rule for room",
  };
  await ask("PUT", `/api/sheets/${child.id}`, change, { "if-match": `"${child.etag}"` });
  return child.id;
}

/** A template that others call and that runs every Monday. */
async function waysIn(ask: (method: string, path: string, body?: unknown) => Promise<Response>, templateId: string) {
  await ask("POST", `/api/graphs/${templateId}/publish`, {});
  await ask("POST", "/api/hooks", { templateId, name: "CMS", mapping: { product: "post.title" }, dayBudgetUsd: 5 });
  const due = { cron: "0 9 * * 1", timeZone: "Europe/Berlin", inputs: { product: "Skarn One" } };
  await ask("POST", "/api/schedules", { templateId, name: "Monday's picture", ...due });
}

/** A table of twelve rows: nine have run, one was changed since. */
async function table(
  ask: (method: string, path: string, body?: unknown) => Promise<Response>,
  graphId: string,
): Promise<string> {
  const node = (id: string, type: string, title: string, config: object, x: number) => ({
    ...{ id, type, title, config, position: { x, y: 0 } },
  });
  const text = "{{product}} on {{ground}}, first light, editorial product photograph";
  await ask("PUT", `/api/graphs/${graphId}`, {
    id: graphId,
    name: "Shoe on a ground",
    inputs: [
      { key: "product", title: "Product", type: "text", required: true },
      { key: "ground", title: "Ground", type: "choice", options: ["wet rock", "snow", "moss"], default: "moss" },
    ],
    nodes: [
      node("words", "prompt", "Words", { text }, 0),
      node("hero", "generate", "Hero shot", { size: "1536x1024", quality: "low" }, 400),
    ],
    edges: [{ id: "e1", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" }],
  });
  const rows = ["Skarn One", "Skarn One GTX", "Ridge “storm”", "Løype vinter", "Fjell 2", "Bre, wide"].flatMap(
    (name, i) => ["wet rock", "snow"].map((ground, j) => [name, ground, `SKU-${1040 + i * 2 + j}`]),
  );
  const only = Array.from({ length: 9 }, (_, i) => i);
  const body = { graphId, name: "Autumn launch", columns: ["Product", "Ground", "SKU"], rows, only, budgetUsd: 5 };
  const { batchId } = (await (await ask("POST", "/api/batches", body)).json()) as { batchId: string };
  for (;;) {
    const { counts } = (await (await ask("GET", `/api/batches/${batchId}?limit=0`)).json()) as {
      counts: Record<string, number>;
    };
    if (counts.succeeded === only.length) break;
    if (counts.failed) throw new Error("A row of the stage failed.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await ask("POST", `/api/batches/${batchId}/rows/3`, { cells: { Product: "Skarn One GTX, blue" } });
  return batchId;
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
