import { momentIn } from "#lib/client/ways-in/rhythm.ts";

/** The next five times, in the schedule's own zone. */
export function NextTimes({ next, timeZone }: { next: readonly number[]; timeZone: string }) {
  if (next.length === 0) return <p className="text-sm text-soft">It is never due again.</p>;
  return (
    <ol aria-label="The next times" className="flex flex-wrap gap-1.5 text-xs tabular-nums">
      {next.map((at, index) => (
        <li
          key={at}
          className={`rounded-full border px-2.5 py-1 ${index === 0 ? "border-brand/60 text-ink" : "border-line text-soft"}`}
        >
          {momentIn(at, timeZone)}
        </li>
      ))}
    </ol>
  );
}
