import type { ProblemDocument } from "../protocol/http.ts";
import type { Problem } from "../protocol/problems.ts";
import type { Answer } from "./http.ts";

const TITLES: Record<number, string> = {
  400: "The request cannot be read",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "The request took too long",
  409: "Not possible now",
  412: "Somebody else saved in the meantime",
  413: "Too large",
  415: "This media type is not taken here",
  421: "This server does not answer to that name",
  422: "Not valid",
  426: "No upgrade here",
  428: "If-Match is missing",
  429: "Too many at once",
  431: "Too large",
  500: "Something went wrong here",
  501: "Not here yet",
  508: "Runs start each other",
};

/** Thrown by anything that serves a request to end it with a problem document. `detail` is shown to people: no paths, no stacks. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  readonly more: Record<string, unknown>;
  constructor(
    status: number,
    code: string,
    detail: string,
    extra: { headers?: Record<string, string>; more?: Record<string, unknown> } = {},
  ) {
    super(detail);
    this.name = "HttpError";
    this.status = status;
    this.code = code;
    this.headers = extra.headers ?? {};
    this.more = extra.more ?? {};
  }
}

/** The RFC 9457 document of a refusal. */
export function problemAnswer(error: HttpError): Answer {
  const document: ProblemDocument = {
    type: `urn:throughline:problem:${error.code.toLowerCase().replaceAll("_", "-")}`,
    title: TITLES[error.status] ?? "Not possible",
    status: error.status,
    detail: error.message,
    code: error.code,
    ...error.more,
  };
  return {
    status: error.status,
    headers: { "content-type": "application/problem+json", ...error.headers },
    body: JSON.stringify(document),
  };
}

/** 422 with every problem; the code of the first one stands for all. */
export const invalid = (problems: readonly Problem[]): HttpError => {
  const first = problems.find((p) => p.level === "error") ?? problems[0];
  return new HttpError(422, first?.code ?? "INVALID", problems.map((p) => p.message).join(" "), {
    more: { status: "invalid", problems },
  });
};

type Named = { name?: unknown; code?: unknown; problems?: unknown; message?: unknown };

/** What an error that reached the edge means outside. Unknown ones tell nothing but that they happened. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const known = (typeof error === "object" && error !== null ? error : {}) as Named;
  if (known.name === "InvalidError" && Array.isArray(known.problems)) {
    const problems = known.problems as Problem[];
    const malformed = problems.find((p) => p.code === "MALFORMED_JSON");
    return malformed ? new HttpError(400, malformed.code, malformed.message) : invalid(problems);
  }
  if (known.name === "StepError" && typeof known.code === "string")
    return invalid([{ level: "error", code: known.code, message: String(known.message) }]);
  if (known.name === "AssetMissing") return new HttpError(404, "NOT_FOUND", "There is no such asset.");
  return new HttpError(
    500,
    "INTERNAL",
    "Something went wrong here. The log of the server knows more under this request's id.",
  );
}
