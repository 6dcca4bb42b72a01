import { ApiError, sayWhy } from "../call-api.ts";

/** A sentence for people: our own errors speak for themselves, the rest is what the server or the way to it did. */
export const whyNot = (error: unknown): string =>
  error instanceof Error &&
  !(error instanceof ApiError) &&
  !(error instanceof TypeError) &&
  !(error instanceof SyntaxError)
    ? error.message
    : sayWhy(error);
