import * as z from "zod";

/** Why a step, item or call did not succeed: a stable code (the provider's own where it gave one) and a sentence for people. */
export const Failure = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Failure = z.infer<typeof Failure>;

/** Thrown inside a step to fail it with a stable code. Anything else thrown becomes code `internal`. */
export class StepError extends Error {
  readonly code: string;
  readonly details?: Record<string, unknown>;
  readonly requestId?: string;
  constructor(code: string, message: string, more: { details?: Record<string, unknown>; requestId?: string } = {}) {
    super(message);
    this.name = "StepError";
    this.code = code;
    this.details = more.details;
    this.requestId = more.requestId;
  }
}
