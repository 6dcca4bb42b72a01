import type { ProblemDocument } from "../protocol/http.ts";

/** The server said no. `problem` is its RFC 9457 document where it sent one. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem?: ProblemDocument;
  constructor(status: number, problem?: ProblemDocument) {
    super(problem?.detail ?? `The server answered ${status}.`);
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
  }
}

/** A sentence for people about anything that went wrong on the way to the server. */
export const sayWhy = (error: unknown): string => {
  if (error instanceof ApiError)
    return error.status === 401 ? "This browser is signed out. Open the link from the terminal again." : error.message;
  return "The server cannot be reached. Is npm start still running?";
};

/** Asks the API and gives the JSON answer. Throws ApiError for a refusal, TypeError when the server cannot be reached. */
export async function callApi<T>(
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string>; keepalive?: boolean } = {},
): Promise<T> {
  const answer = await fetch(path, {
    method: init.method ?? (init.body === undefined ? "GET" : "POST"),
    headers: { ...(init.body === undefined ? {} : { "content-type": "application/json" }), ...init.headers },
    body: init.body === undefined ? undefined : JSON.stringify(init.body),
    keepalive: init.keepalive,
  });
  if (!answer.ok) {
    const isProblem = answer.headers.get("content-type")?.includes("problem+json");
    throw new ApiError(answer.status, isProblem ? ((await answer.json()) as ProblemDocument) : undefined);
  }
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Where a picture is, whole or as a preview whose longest side is `width` pixels. */
export const assetUrl = (asset: string, width?: number): string =>
  `/api/assets/${asset.replace("sha256:", "")}${width === undefined ? "" : `?w=${width}`}`;
