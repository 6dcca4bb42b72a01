import { problem } from "../protocol/problems.ts";
import { invalid } from "./http-problem.ts";

/** The Idempotency-Key of a request as it may be stored. Throws HttpError 422. */
export function idempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || /^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw invalid([
    problem("BAD_IDEMPOTENCY_KEY", "Idempotency-Key is 1 to 200 printable ASCII characters without spaces."),
  ]);
}
