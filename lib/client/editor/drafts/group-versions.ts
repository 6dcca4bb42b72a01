/** Saves that follow each other closely: one sitting, shown as one line until it is opened. */
export type Sitting<T> = { from: number; to: number; saves: T[] };

/** A pause longer than this ends a sitting (ms). */
const PAUSE = 10 * 60_000;

/** Groups saves, newest first, into sittings, newest first. Times in epoch milliseconds. */
export function sittings<T extends { savedAt: number }>(saves: readonly T[]): Sitting<T>[] {
  const out: Sitting<T>[] = [];
  for (const save of saves) {
    const last = out.at(-1);
    if (last && last.from - save.savedAt <= PAUSE) {
      last.saves.push(save);
      last.from = save.savedAt;
    } else out.push({ from: save.savedAt, to: save.savedAt, saves: [save] });
  }
  return out;
}

/** When a sitting was, for people: the day only when it is another one than today. */
export function sittingWords({ from, to }: { from: number; to: number }, now: number): string {
  const time = (at: number) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const times = time(from) === time(to) ? time(to) : `${time(from)}–${time(to)}`;
  return `${dayWords(to, now)}, ${times}`;
}

function dayWords(at: number, now: number): string {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return "Today";
  if (at >= midnight - 24 * 60 * 60_000) return "Yesterday";
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Date(at).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}
