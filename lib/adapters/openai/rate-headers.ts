/** One limit as the provider last told it; what it did not tell is left out. `resetMs` = until it is full again. */
export type RateWindow = { limit?: number; remaining?: number; resetMs?: number };

/** What the headers of one answer say about pacing, for whoever learns it. */
export type RateInfo = {
  endpoint: "responses" | "images";
  status: number;
  requests?: RateWindow;
  tokens?: RateWindow;
  /** Undocumented, but seen in clients. */
  images?: RateWindow;
};

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `1m30s`, `250ms`, `2.5` (seconds) → ms; undefined when it is none of these. */
export function durationMs(text: string): number | undefined {
  const value = text.trim();
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(value)) return undefined;
  let total = 0;
  for (const [, amount, unit] of value.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) total += Number(amount) * UNITS[unit!]!;
  return total;
}

function windowOf(headers: Headers, what: string): RateWindow | undefined {
  const read = (part: string) => headers.get(`x-ratelimit-${part}-${what}`);
  const figure = (text: string | null) =>
    text !== null && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
  const reset = read("reset");
  const found: RateWindow = {
    limit: figure(read("limit")),
    remaining: figure(read("remaining")),
    resetMs: reset === null ? undefined : durationMs(reset),
  };
  return found.limit === undefined && found.remaining === undefined && found.resetMs === undefined ? undefined : found;
}

/** Reads `x-ratelimit-{limit,remaining,reset}-{requests,tokens,images}`; undefined when none of them is there. */
export function rateInfo(endpoint: RateInfo["endpoint"], status: number, headers: Headers): RateInfo | undefined {
  const requests = windowOf(headers, "requests");
  const tokens = windowOf(headers, "tokens");
  const images = windowOf(headers, "images");
  return requests || tokens || images ? { endpoint, status, requests, tokens, images } : undefined;
}

/** How long an answer asks to wait: `retry-after-ms`, else `retry-after` in seconds or as a date. `now` in epoch ms. */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
  const ms = headers?.get("retry-after-ms");
  if (ms && Number.isFinite(Number(ms)) && Number(ms) >= 0) return Number(ms);
  const after = headers?.get("retry-after")?.trim();
  if (!after) return undefined;
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  const date = Date.parse(after);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
