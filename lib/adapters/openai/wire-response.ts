import type { WireError } from "./errors.ts";

/** What of a response object we read; every field may be missing or of another type, since other servers speak this protocol too. */
export type WireItem = {
  type?: string;
  id?: string;
  status?: string;
  result?: unknown;
  revised_prompt?: unknown;
  action?: unknown;
  size?: unknown;
  quality?: unknown;
  background?: unknown;
  output_format?: unknown;
  error?: WireError | null;
  content?: { type?: string; text?: unknown; refusal?: unknown }[];
};
export type WireResponse = {
  id?: string;
  status?: string;
  model?: string;
  error?: WireError | null;
  incomplete_details?: { reason?: string } | null;
  output?: WireItem[];
  usage?: unknown;
  tool_usage?: { image_gen?: unknown } | null;
};

const SETTLED = new Set(["completed", "failed", "incomplete", "cancelled"]);

/** Has this response come to an end? One without a status that already has output is taken to have. */
export const isSettled = (response: WireResponse): boolean =>
  response.status === undefined ? Array.isArray(response.output) : SETTLED.has(response.status);

/** The id of a response in the beginning of a JSON text that was cut short. */
export const idInFragment = (text: string): string | undefined => /"id"\s*:\s*"(resp_[^"\\]+)"/.exec(text)?.[1];

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
