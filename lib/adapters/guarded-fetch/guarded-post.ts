import { lookup } from "node:dns/promises";
import { fetch } from "undici";
import { StepError } from "../../protocol/failure.ts";
import type { GuardedPost } from "../../runtime/ports.ts";
import { type AddressRuleOptions, createAddressRules } from "./address-rules.ts";
import { guardedAgent, type Resolve } from "./guarded-agent.ts";
import { errorCode, ownRefusal } from "./undici-errors.ts";

/** Times in ms: `totalMs` covers one whole attempt. */
type PostLimits = { totalMs: number; connectMs: number; headersMs: number };
export type GuardedPostOptions = AddressRuleOptions & { resolve?: Resolve; limits?: Partial<PostLimits> };

const USUAL: PostLimits = { totalMs: 20_000, connectMs: 5_000, headersMs: 15_000 };

/**
 * Posts under the rules of the guarded fetch: public hosts on the usual ports, no credentials, cookies or proxies, each connection checked where it
 * arrives. Redirects are answers like any other: a signed message goes to the address it was signed for. What is answered is not read.
 */
export function createGuardedPost(options: GuardedPostOptions = {}): GuardedPost {
  const rules = createAddressRules(options);
  const limits = { ...USUAL, ...options.limits };
  const resolve: Resolve = options.resolve ?? ((host) => lookup(host, { all: true }));
  return {
    async post({ url: text, headers, body }, signal) {
      signal?.throwIfAborted();
      const url = admitted(() => rules.admit(text));
      const deadline = AbortSignal.timeout(limits.totalMs);
      const stop = signal ? AbortSignal.any([signal, deadline]) : deadline;
      const agent = guardedAgent(rules, resolve, { ...limits, idleMs: limits.headersMs });
      try {
        const answer = await fetch(url, {
          method: "POST",
          dispatcher: agent,
          redirect: "manual",
          credentials: "omit",
          headers: { "content-type": "application/json", "user-agent": "throughline", ...headers },
          body,
          signal: stop,
        });
        await answer.body?.cancel().catch(() => {});
        return { status: answer.status, retryAfterMs: retryAfterMs(answer.headers.get("retry-after")) };
      } catch (error) {
        signal?.throwIfAborted();
        const refusal = ownRefusal(error);
        if (refusal) throw inOurWords(refusal, url.host);
        const code = errorCode(error);
        const late = deadline.aborted || (code !== undefined && /_TIMEOUT$|^ETIMEDOUT$/.test(code));
        throw late
          ? new StepError("URL_TIMEOUT", `${url.host} took too long to answer.`)
          : new StepError("URL_FAILED", `${url.host} could not be reached (${code ?? "CONNECTION_LOST"}).`);
      } finally {
        await agent.destroy();
      }
    },
  };
}

/** The rules speak of pictures; a message that is not sent is told as one. */
function admitted(admit: () => URL): URL {
  try {
    return admit();
  } catch (error) {
    throw error instanceof StepError ? inOurWords(error) : error;
  }
}

function inOurWords(refusal: StepError, host = "This"): StepError {
  const says: Record<string, string> = {
    URL_INVALID: "A message's address starts with http:// or https://.",
    USERINFO_REFUSED: "Nothing is sent to an address with a user name or a password in it.",
    PORT_NOT_ALLOWED:
      "Messages go to ports 80 and 443 only, unless the host and its port are named in WEBHOOK_ALLOW_HOSTS.",
    SSRF_BLOCKED: `${host} is not a public address, or it is this server itself, so nothing is sent there. Hosts of your own network are named in WEBHOOK_ALLOW_HOSTS.`,
  };
  const words = says[refusal.code];
  return words === undefined ? refusal : new StepError(refusal.code, words);
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
