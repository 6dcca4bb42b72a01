import type { Decided } from "../../protocol/reviews.ts";

const PAST: Readonly<Record<string, string>> = { approve: "approved", reject: "rejected", revise: "sent back" };

/** What an answer came to, in a word. */
export function decisionWord(answer: unknown): string {
  const { decision } = (typeof answer === "object" && answer !== null ? answer : {}) as { decision?: unknown };
  return PAST[String(decision)] ?? "answered";
}

const clock = (at: number, now: number): string => {
  const [then, today] = [new Date(at), new Date(now)];
  const time = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return then.toDateString() === today.toDateString()
    ? `at ${time}`
    : `on ${then.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} at ${time}`;
};

/** “Already approved by Anna, by a link, at 15:58.” */
export function alreadyDecided(decided: Decided | undefined, now: number): string {
  if (!decided) return "This is no longer asked: its run was cancelled or asks anew.";
  const by = decided.by === undefined ? "" : ` by ${decided.by},`;
  const at = decided.at === undefined ? "" : ` ${clock(decided.at, now)}`;
  return `Already ${decisionWord(decided.answer)}${by}${at}.`.replace(/,\.$/, ".");
}

/** When it is decided without a person: “in 3 h”, “in 2 days”. */
export function timeLeft(dueAt: number, now: number): string {
  const minutes = Math.max(0, Math.round((dueAt - now) / 60_000));
  if (minutes < 60) return `in ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `in ${hours} h` : `in ${Math.round(hours / 24)} days`;
}
