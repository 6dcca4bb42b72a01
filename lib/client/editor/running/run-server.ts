import type { Graph } from "../../../protocol/graph.ts";
import type { EstimateAnswer, RunList } from "../../../protocol/http.ts";
import type { TakeList } from "../../../protocol/takes.ts";
import { callApi } from "../../call-api.ts";
import { browserSource } from "../../use-run.ts";
import type { RunSource } from "../../watch-run.ts";
import type { Editor } from "../store.ts";

/** What running needs from the server; a test hands in another one. */
export type RunServer = {
  /** The id of the newest run of a graph, if it ever ran. */
  newestRun(graphId: string): Promise<string | undefined>;
  takes(graphId: string, page: { limit: number; before?: string }): Promise<TakeList>;
  estimate(graph: Graph): Promise<EstimateAnswer>;
  /** Starts a run; the same key again gives the same run. */
  start(body: { graph: Graph; to?: readonly string[] }, key: string): Promise<string>;
  cancel(runId: string): Promise<void>;
  source(runId: string): RunSource;
  later: RunSource["later"];
  /** Milliseconds that only go forward. */
  now(): number;
};

const at = encodeURIComponent;

export const browserServer: RunServer = {
  async newestRun(graphId) {
    const { runs } = await callApi<RunList>(`/api/runs?limit=1&graphId=${at(graphId)}`);
    return runs[0]?.runId;
  },
  takes: (graphId, { limit, before }) =>
    callApi<TakeList>(
      `/api/graphs/${at(graphId)}/takes?limit=${limit}${before === undefined ? "" : `&before=${at(before)}`}`,
    ),
  estimate: (graph) => callApi<EstimateAnswer>("/api/runs/estimate?unrunnable=ok", { body: { graph } }),
  async start(body, key) {
    const { runId } = await callApi<{ runId: string }>("/api/runs", { body, headers: { "idempotency-key": key } });
    return runId;
  },
  async cancel(runId) {
    await callApi(`/api/runs/${at(runId)}/cancel`, { method: "POST" });
  },
  source: browserSource,
  later(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  now: () => performance.now(),
};

const servers = new WeakMap<Editor, RunServer>();

/** Whom an editor asks about runs. */
export const serverOf = (editor: Editor): RunServer => servers.get(editor) ?? browserServer;
export const setServer = (editor: Editor, server: RunServer): void => void servers.set(editor, server);
