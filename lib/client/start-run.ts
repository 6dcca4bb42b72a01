import { callApi } from "./call-api.ts";

/** Starts a run of a graph that comes with the product, and gives the run's id. The key makes a double click one run. */
export async function startStarter(file: string, key: string): Promise<string> {
  const graph = await callApi<unknown>(file);
  const { runId } = await callApi<{ runId: string }>("/api/runs", {
    body: { graph },
    headers: { "idempotency-key": key },
  });
  return runId;
}
