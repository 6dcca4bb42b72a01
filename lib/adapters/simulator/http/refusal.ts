/** What the provider puts into an error body. */
export type ErrorBody = {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
  moderation_details?: { moderation_stage: "input" | "output" | "unknown"; categories: string[] };
};

/** An answer that is an error: thrown by checks, sent as `{ "error": … }`. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: ErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(body.message);
    this.name = "Refusal";
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A wrong request: HTTP 400 unless another status is given. */
export function invalid(code: string | null, param: string | null, message: string, status = 400): Refusal {
  return new Refusal(status, { message, type: "invalid_request_error", param, code });
}

/** Something that is not there: HTTP 404. */
export function notFound(message: string, param: string | null, code: string | null = null): Refusal {
  return invalid(code, param, message, 404);
}
