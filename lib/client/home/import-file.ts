import type { Imported } from "../../protocol/bundle.ts";
import type { ProblemDocument } from "../../protocol/http.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { ApiError, sayWhy } from "../call-api.ts";

/** What reaches the server; tests hand in their own. Throws ApiError and TypeError. */
export type ImportServer = (file: File) => Promise<Imported>;

/**
 * Has the server make a draft of what a file holds: a graph or a template as JSON, a bundle, a picture that carries a graph. Throws RangeError with a
 * sentence for people when there is nothing to open; then nothing was stored.
 */
export async function importFile(file: File, send: ImportServer = importOverHttp): Promise<Imported> {
  const called = `“${file.name.slice(0, 80)}”`;
  if (file.size > LIMITS.bundleBytes)
    throw new RangeError(`${called} is larger than the limit of ${LIMITS.bundleBytes / 1024 / 1024} MB.`);
  try {
    return await send(file);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500 || error.status === 401) throw error;
    throw new RangeError(`${called} holds no graph that can be opened. ${sayWhy(error)}`);
  }
}

/** Hands a file to the server as it is. Throws ApiError and TypeError. */
export const importOverHttp: ImportServer = async (file) => {
  const answer = await fetch("/api/imports", {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
  if (answer.ok) return (await answer.json()) as Imported;
  const isProblem = answer.headers.get("content-type")?.includes("problem+json");
  throw new ApiError(answer.status, isProblem ? ((await answer.json()) as ProblemDocument) : undefined);
};
