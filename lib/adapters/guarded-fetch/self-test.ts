import { StepError } from "../../protocol/failure.ts";
import type { PictureFetch } from "../../runtime/ports.ts";
import { createAddressRules } from "./address-rules.ts";
import { guardedAgent, type Resolve } from "./guarded-agent.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";

/** What is put to the test; a test of the self-test hands in parts that do not hold. */
type Guard = { fetcher(resolve: Resolve): PictureFetch; agent: typeof guardedAgent };

const refused = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    (error) => error instanceof StepError && error.code === "SSRF_BLOCKED",
  );

/**
 * Whether this runtime really calls the guard: loopback must be refused by us (a failed connection is not a refusal) as a literal, behind a
 * name, and below the check of the address, where the connection is made. A runtime that ignores a hook in silence gives false. Sends nothing.
 */
export async function guardHolds(given: Partial<Guard> = {}): Promise<boolean> {
  const guard: Guard = { fetcher: (resolve) => createGuardedFetch({ resolve }), agent: guardedAgent, ...given };
  const loopback: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  const { fetchPicture } = guard.fetcher(loopback);
  const agent = guard.agent(createAddressRules(), loopback, { connectMs: 1000, headersMs: 1000, idleMs: 1000 });
  const below = (origin: string) => agent.request({ origin, path: "/", method: "GET" });
  try {
    const answers = await Promise.all(
      [
        fetchPicture("http://127.0.0.1/"),
        fetchPicture("http://[::1]/"),
        fetchPicture("http://guard-self-test.invalid/"),
        below("http://127.0.0.1"),
        below("http://guard-self-test.invalid"),
      ].map(refused),
    );
    return answers.every(Boolean);
  } finally {
    await agent.destroy();
  }
}
