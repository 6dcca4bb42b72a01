import type { EstimateAnswer } from "../../protocol/http.ts";
import type { Template, TemplateRevisions } from "../../protocol/templates.ts";
import { callApi } from "../call-api.ts";

const path = (id: string) => `/api/templates/${encodeURIComponent(id)}`;

export const loadTemplate = (id: string, revision?: number): Promise<Template> =>
  callApi(`${path(id)}${revision === undefined ? "" : `?revision=${revision}`}`);

export const loadRevisions = (id: string, before?: number): Promise<TemplateRevisions> =>
  callApi(`${path(id)}/revisions?limit=50${before === undefined ? "" : `&before=${before}`}`);

export const makeCurrent = (id: string, revision: number): Promise<Template> =>
  callApi(`${path(id)}/current`, { body: { revision } });

export const takeBack = (id: string): Promise<void> => callApi(path(id), { method: "DELETE" });

/** The runs of a template, newest first. */
export const historyPath = (id: string, limit = 12): string =>
  `/api/runs?limit=${limit}&templateId=${encodeURIComponent(id)}`;

type Wish = { inputs: Record<string, unknown>; revision?: number };

/** Starts a run and gives its id; the same key again gives the same run. */
export async function startTemplate(id: string, wish: Wish, key: string): Promise<string> {
  const { runId } = await callApi<{ runId: string }>(`${path(id)}/runs`, {
    body: wish,
    headers: { "idempotency-key": key },
  });
  return runId;
}

export const estimateTemplate = (id: string, wish: Wish): Promise<EstimateAnswer> =>
  callApi(`${path(id)}/estimate`, { body: wish });

/** Where a template or a graph is had as a file. */
export const exportPath = (of: "graph" | "template", id: string, as: "json" | "zip", revision?: number): string =>
  `/api/${of}s/${encodeURIComponent(id)}/export?as=${as}${revision === undefined ? "" : `&revision=${revision}`}`;
