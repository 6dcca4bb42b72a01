import type {
  DistilBody,
  DistilPrice,
  EffectiveSheet,
  Sheet,
  SheetDraft,
  SheetPreview,
} from "../../protocol/library.ts";
import type { RunDocument } from "../../protocol/run.ts";
import type { SheetsAdopted } from "../../protocol/sheet-file.ts";
import { ApiError, callApi } from "../call-api.ts";

const at = (id: string): string => `/api/sheets/${encodeURIComponent(id)}`;
const matching = (etag: string) => ({ "if-match": `"${etag}"` });

/** What the library needs from the server; a test hands in another one. */
export type SheetServer = {
  read(id: string, version?: number): Promise<Sheet>;
  create(draft: SheetDraft): Promise<Sheet>;
  save(id: string, draft: SheetDraft, etag: string): Promise<Sheet>;
  back(id: string, version: number, etag: string): Promise<Sheet>;
  archive(id: string, archived: boolean, etag: string): Promise<Sheet>;
  preview(draft: SheetPreview): Promise<EffectiveSheet>;
  take(file: Blob, type: string): Promise<SheetsAdopted>;
  price(body: DistilBody): Promise<DistilPrice>;
  distil(body: DistilBody): Promise<{ runId: string }>;
  run(runId: string): Promise<RunDocument>;
};

export const sheetServer: SheetServer = {
  read: (id, version) => callApi(`${at(id)}${version === undefined ? "" : `?version=${version}`}`),
  create: (draft) => callApi("/api/sheets", { body: draft }),
  save: (id, draft, etag) => callApi(at(id), { method: "PUT", body: draft, headers: matching(etag) }),
  back: (id, version, etag) => callApi(`${at(id)}/current`, { body: { version }, headers: matching(etag) }),
  archive: (id, archived, etag) => callApi(`${at(id)}/archived`, { body: { archived }, headers: matching(etag) }),
  preview: (draft) => callApi("/api/sheets/preview", { body: draft }),
  async take(file, type) {
    const answer = await fetch("/api/sheets/import", { method: "POST", headers: { "content-type": type }, body: file });
    if (!answer.ok) throw new ApiError(answer.status, await answer.json().catch(() => undefined));
    return (await answer.json()) as SheetsAdopted;
  },
  price: (body) => callApi("/api/sheets/distil/price", { body }),
  distil: (body) => callApi("/api/sheets/distil", { body }),
  run: (runId) => callApi(`/api/runs/${encodeURIComponent(runId)}`),
};

/** What stands on the server instead, when somebody saved in between. */
export const savedMeanwhile = (error: unknown): Sheet | undefined =>
  error instanceof ApiError && error.status === 412
    ? ((error.problem as { current?: Sheet } | undefined)?.current ?? undefined)
    : undefined;
