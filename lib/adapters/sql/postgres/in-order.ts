import type { Journal } from "#lib/runtime/ports.ts";
import { JournalUnreachable } from "./errors.ts";

/** How often a settlement is tried whose connection broke: to settle what is settled changes nothing. */
const TRIES = 3;

type Work = (...given: unknown[]) => unknown;

/** What must not wait: a lease has to be kept whatever else hangs, and the end is the end. */
const AT_ONCE = new Set<string>(["settle", "heartbeat", "close"]);

/**
 * A journal writes in the order it is asked to, which one connection does by itself and a pool does not: whoever settles a call need not wait for it
 * before recording the step that has its result, or before asking what is left of a budget. So everything that is asked while calls are being settled
 * comes after them, and the next write fails when one of them could not be.
 */
export function inOrder(journal: Journal): Journal {
  const settling = new Set<Promise<void>>();
  let lost: unknown;
  const settle: Journal["settle"] = (...given) => {
    const done = again(() => journal.settle(...given));
    settling.add(done);
    done
      .catch((error: unknown) => {
        if (error instanceof JournalUnreachable) lost = error;
      })
      .finally(() => settling.delete(done));
    return done;
  };
  const write: Journal["write"] = async (...given) => {
    if (settling.size > 0) await Promise.allSettled(settling);
    const why = lost;
    lost = undefined;
    if (why) throw why;
    return journal.write(...given);
  };
  const after =
    (work: Work): Work =>
    async (...given) => {
      if (settling.size > 0) await Promise.allSettled(settling);
      return work(...given);
    };
  const ordered = <T extends object>(part: T): T =>
    Object.fromEntries(
      Object.entries(part).map(([name, member]) => {
        if (typeof member === "function") return [name, AT_ONCE.has(name) ? member : after(member as Work)];
        return [name, member && typeof member === "object" ? ordered(member) : member];
      }),
    ) as T;
  return { ...ordered(journal), settle, write };
}

async function again(work: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried += 1)
    try {
      return await work();
    } catch (error) {
      if (tried >= TRIES || !(error instanceof JournalUnreachable)) throw error;
    }
}
