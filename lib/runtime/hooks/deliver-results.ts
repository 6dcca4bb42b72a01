import { StepError } from "../../protocol/failure.ts";
import { type DeliveryBody, HOOK_LIMITS, SIGNED_HEADERS } from "../../protocol/hooks.ts";
import type { DeliveryRequest } from "../../sdk/context.ts";
import { sha256 } from "../digest.ts";
import type { ItemFacts } from "../node-context.ts";
import type { Clock, GuardedPost, PostAnswer, Sealer, SecretStore, SentRow, SentStore } from "../ports.ts";
import { Stopped } from "../step-signals.ts";
import { type AssetAddress, deliveredValue } from "./delivered-values.ts";
import { aboutSecret } from "./secrets.ts";
import { signatureOf } from "./signature.ts";

export type DeliverPorts = {
  post: GuardedPost;
  secrets: SecretStore;
  sealer: Sealer;
  sent: SentStore;
  clock: Clock;
  /** Sends a few at a time. */
  oneOfFew<T>(work: () => Promise<T>): Promise<T>;
  /** The address of a run for people, where this server has one that others can open. */
  runUrl?(runId: string): string;
  assetUrl?: AssetAddress;
};

/** Attempts of one delivery, and the longest wait that an answer may ask for (ms). */
const ATTEMPTS = 6;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 600_000;
const MOST_BYTES = 1024 * 1024;

/**
 * Sends a step's results as one signed POST and waits until they are taken. Its id is the step's identity: after a crash the same delivery goes out under
 * the same id, and one that is known to be delivered not at all. Throws StepError, or Stopped.
 */
export async function deliverResults(
  ports: DeliverPorts,
  facts: ItemFacts,
  position: number,
  request: DeliveryRequest,
  signal: AbortSignal,
  progress: (message: string) => void = () => {},
): Promise<{ id: string; status: number }> {
  const { run, node, passIndex, item } = facts;
  const id = `dlv_${sha256([run.id, node.id, passIndex, item.index, position].join("/")).slice(0, 32)}`;
  const before = await ports.sent.get(id);
  if (before?.state === "delivered") return { id, status: before.status ?? 200 };
  const depth = (run.depth ?? 0) + 1;
  if (depth > HOOK_LIMITS.depth)
    throw new StepError(
      "WEBHOOK_LOOP",
      `Runs have started each other ${HOOK_LIMITS.depth} times in a row, so nothing more is sent: this looks like a circle.`,
    );
  const secret = await secretFor(ports, request);
  const body = JSON.stringify(bodyOf(ports, facts, id, request));
  if (Buffer.byteLength(body) > MOST_BYTES)
    throw new StepError("WEBHOOK_TOO_LARGE", "There is more than 1 MiB of words in these results; send fewer.");
  const row: SentRow = {
    id,
    runId: run.id,
    nodeId: node.id,
    host: new URL(request.url).host,
    state: "sending",
    attempts: 0,
    at: ports.clock.now(),
  };
  const attempt = async (count: number): Promise<PostAnswer> => {
    // Written first: whoever comes after a crash knows that it may have arrived.
    await ports.sent.put({ ...row, attempts: count, at: ports.clock.now() });
    const timestamp = Math.floor(ports.clock.now() / 1000);
    const headers = {
      [SIGNED_HEADERS.id]: id,
      [SIGNED_HEADERS.timestamp]: String(timestamp),
      [SIGNED_HEADERS.signature]: signatureOf(secret, timestamp, body),
      [SIGNED_HEADERS.depth]: String(depth),
    };
    return ports.oneOfFew(() => ports.post.post({ url: request.url, headers, body }, signal));
  };
  for (let count = 1; ; count += 1) {
    if (signal.aborted) throw new Stopped();
    const outcome = await attempt(count).catch((error: unknown) => error as Error);
    if (signal.aborted && outcome instanceof Error) throw new Stopped();
    const settled = { ...row, attempts: count, at: ports.clock.now() };
    if (!(outcome instanceof Error) && outcome.status >= 200 && outcome.status < 300) {
      await ports.sent.put({ ...settled, state: "delivered", status: outcome.status });
      return { id, status: outcome.status };
    }
    const refusal = refusalOf(outcome, row.host);
    if (!mayRepeat(outcome) || count === ATTEMPTS) {
      const status = outcome instanceof Error ? undefined : outcome.status;
      await ports.sent.put({ ...settled, state: "failed", status, error: refusal.code });
      throw refusal;
    }
    const wished = outcome instanceof Error ? undefined : outcome.retryAfterMs;
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(wished ?? 0, FIRST_WAIT_MS * 2 ** (count - 1)));
    progress(`${refusal.message} It is tried again in ${Math.ceil(wait / 1000)} s.`);
    await ports.clock.sleep(wait, signal).catch(() => {
      throw new Stopped();
    });
  }
}

const mayRepeat = (outcome: PostAnswer | Error): boolean =>
  outcome instanceof Error
    ? outcome instanceof StepError && (outcome.code === "URL_FAILED" || outcome.code === "URL_TIMEOUT")
    : outcome.status === 429 || outcome.status >= 500;

function refusalOf(outcome: PostAnswer | Error, host: string): Error & { code?: string } {
  if (outcome instanceof Error) return outcome;
  const moved = outcome.status >= 300 && outcome.status < 400;
  const more = moved ? " A signed message does not follow redirects; give the address it leads to." : "";
  return new StepError("WEBHOOK_REFUSED", `${host} answered ${outcome.status} instead of taking the results.${more}`, {
    details: { status: outcome.status },
  });
}

/** A secret is used for the origin it was entered for: nobody gets another server's signature by naming its secret. */
async function secretFor({ secrets, sealer }: DeliverPorts, { url, secret: name }: DeliveryRequest): Promise<string> {
  const row = await secrets.get(name);
  if (!row)
    throw new StepError("SECRET_UNKNOWN", `There is no secret named ${name} on this server. Enter it under Settings.`);
  const origin = URL.parse(url)?.origin;
  if (origin !== row.origin)
    throw new StepError(
      "SECRET_NOT_FOR_HOST",
      `The secret ${name} was entered for ${row.origin} and signs nothing for another address.`,
    );
  const secret = sealer.open(row.sealed, aboutSecret(row.name, row.origin));
  if (!secret)
    throw new StepError("SECRET_UNREADABLE", `The secret ${name} cannot be opened on this machine. Enter it again.`);
  return secret;
}

const bodyOf = (ports: DeliverPorts, facts: ItemFacts, id: string, request: DeliveryRequest): DeliveryBody => {
  const addressOf: AssetAddress =
    request.include === "assets" ? (asset, type) => ports.assetUrl?.(asset, type) : () => undefined;
  const { run, graph, node } = facts;
  return {
    type: "results",
    id,
    run: { id: run.id, url: ports.runUrl?.(run.id) },
    graph,
    template: run.template,
    node: { id: node.id, title: node.title },
    simulated: run.simulated === true,
    results: request.values.map((value) => deliveredValue(value, addressOf)) as DeliveryBody["results"],
  };
};
