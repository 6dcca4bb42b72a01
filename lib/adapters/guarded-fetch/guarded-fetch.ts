import { lookup } from "node:dns/promises";
import { fetch, type Response } from "undici";
import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { PictureFetch } from "../../runtime/ports.ts";
import { type AddressRuleOptions, type AddressRules, createAddressRules } from "./address-rules.ts";
import { guardedAgent, type Resolve } from "./guarded-agent.ts";
import { errorCode, ownRefusal } from "./undici-errors.ts";

/** Times in ms: `totalMs` covers everything, redirects included; `idleMs` is silence within a body. Sizes in bytes after decoding. */
type FetchLimits = {
  totalMs: number;
  connectMs: number;
  headersMs: number;
  idleMs: number;
  maxBytes: number;
  redirects: number;
};

export type GuardedFetchOptions = AddressRuleOptions & { resolve?: Resolve; limits?: Partial<FetchLimits> };

const USUAL: FetchLimits = {
  totalMs: LIMITS.urlMs,
  connectMs: 5_000,
  headersMs: 10_000,
  idleMs: 10_000,
  maxBytes: LIMITS.uploadBytes,
  redirects: LIMITS.urlRedirects,
};
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const HEADERS = { accept: "image/png, image/jpeg, image/webp", "user-agent": "throughline" };

/**
 * Fetches pictures from the public internet and from nowhere else: http and https on their usual ports, no credentials or cookies in either
 * direction, no proxies, every redirect checked like the first address. Connections live no longer than one picture.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): PictureFetch {
  const rules = createAddressRules(options);
  const limits = { ...USUAL, ...options.limits };
  const resolve: Resolve = options.resolve ?? ((host) => lookup(host, { all: true }));
  return {
    async fetchPicture(text, signal) {
      signal?.throwIfAborted();
      const first = rules.admit(text);
      const deadline = AbortSignal.timeout(limits.totalMs);
      const stop = signal ? AbortSignal.any([signal, deadline]) : deadline;
      const agent = guardedAgent(rules, resolve, limits);
      const ask = (url: URL) =>
        fetch(url, { dispatcher: agent, redirect: "manual", credentials: "omit", headers: HEADERS, signal: stop });
      try {
        return await readCapped(await follow(ask, rules, first, limits.redirects), limits.maxBytes);
      } catch (error) {
        signal?.throwIfAborted();
        throw deadline.aborted ? timedOut(first) : explained(error, first);
      } finally {
        await agent.destroy();
      }
    },
  };
}

async function follow(
  ask: (url: URL) => Promise<Response>,
  rules: AddressRules,
  first: URL,
  most: number,
): Promise<Response> {
  let url = first;
  for (let hops = 0; ; hops += 1) {
    const response = await ask(url);
    const next = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
    if (next === null) {
      if (response.ok) return response;
      throw new StepError("URL_FAILED", `${url.host} answered ${response.status} instead of a picture.`);
    }
    await response.body?.cancel();
    if (hops >= most)
      throw new StepError(
        "URL_FAILED",
        `${first.host} leads on more than ${most} times; give the picture's own address.`,
      );
    url = rules.admit(next, url);
  }
}

/** Counted as it arrives, after decoding: neither a length that is claimed nor a compressed size is believed. */
async function readCapped(response: Response, most: number): Promise<Buffer> {
  const tooLarge = () =>
    new StepError("URL_TOO_LARGE", `The picture is larger than ${most} bytes, the most that is fetched.`);
  if (Number(response.headers.get("content-length")) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

const timedOut = (url: URL) => new StepError("URL_TIMEOUT", `${url.host} took too long to send the picture.`);

/** Our own refusals come out as they are, everything else with its code only. */
function explained(error: unknown, url: URL): Error {
  const refusal = ownRefusal(error);
  if (refusal) return refusal;
  const code = errorCode(error);
  if (code !== undefined && /_TIMEOUT$|^ETIMEDOUT$/.test(code)) return timedOut(url);
  return new StepError(
    "URL_FAILED",
    `The picture could not be fetched from ${url.host} (${code ?? "CONNECTION_LOST"}).`,
  );
}
