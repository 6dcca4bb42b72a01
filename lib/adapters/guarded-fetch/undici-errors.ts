import { StepError } from "../../protocol/failure.ts";

/** undici wraps what happened below it; this looks a few layers down. */
function* layers(error: unknown): Generator<{ code?: unknown }> {
  let layer = error as { cause?: unknown; code?: unknown } | undefined;
  for (let depth = 0; depth < 5 && typeof layer === "object" && layer !== null; depth += 1) {
    yield layer;
    layer = layer.cause as typeof layer;
  }
}

/** Our own refusal, wherever it was thrown. */
export const ownRefusal = (error: unknown): StepError | undefined =>
  [...layers(error)].find((layer): layer is StepError => layer instanceof StepError);

/** The innermost code of the system or of undici. */
export const errorCode = (error: unknown): string | undefined =>
  [...layers(error)].map(({ code }) => code).findLast((code): code is string => typeof code === "string");
