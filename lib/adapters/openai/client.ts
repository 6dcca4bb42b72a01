import OpenAI from "openai";
import { type RateInfo, rateInfo } from "./rate-headers.ts";
import { type Fetch, pooledFetch, TransportError, transportError } from "./transport.ts";

export type ClientSettings = {
  apiKey: string;
  baseURL: string;
  fetch?: Fetch;
  organization?: string;
  onRate?(info: RateInfo): void;
};

/** Node's timers hold no more; time is kept by our own watchdogs. */
const NO_SDK_TIMEOUT_MS = 2_147_483_647;

/**
 * The SDK as we use it: no retries, no environment variables, no logging, no redirects followed (a redirected POST would carry the key and
 * the money elsewhere). Failures of the connection come out as TransportError in `cause`.
 */
export function openaiClient(settings: ClientSettings): { client: OpenAI; close(): Promise<void> } {
  const pool = settings.fetch ? { fetch: settings.fetch, close: async () => {} } : pooledFetch();
  const watched: Fetch = async (url, init) => {
    let response: Response;
    try {
      response = await pool.fetch(url, init);
    } catch (error) {
      // The SDK would turn some of these into a bare timeout and lose what proves that nothing was sent.
      throw init?.signal?.aborted || error instanceof TransportError ? error : transportError(error);
    }
    if (settings.onRate) {
      const endpoint = String(url).includes("/images/") ? "images" : "responses";
      const info = rateInfo(endpoint, response.status, response.headers);
      if (info) settings.onRate(info);
    }
    return response;
  };
  const client = new OpenAI({
    apiKey: settings.apiKey,
    adminAPIKey: null,
    webhookSecret: null,
    organization: settings.organization ?? null,
    project: null,
    baseURL: settings.baseURL,
    fetch: watched,
    fetchOptions: { redirect: "manual" },
    maxRetries: 0,
    timeout: NO_SDK_TIMEOUT_MS,
    logLevel: "off",
  });
  return { client, close: pool.close };
}
