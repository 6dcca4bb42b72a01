"use client";
import { useWaitingCount } from "#lib/client/review/use-waiting-count.ts";

/** How many questions wait, beside the place where they are answered; nothing when none do. */
export function WaitingCount() {
  const waiting = useWaitingCount();
  if (!waiting) return null;
  return (
    <span className="ml-1.5 inline-grid h-5 min-w-5 place-items-center rounded-full bg-wait/20 px-1.5 font-medium text-wait text-xs tabular-nums">
      {waiting > 99 ? "99+" : waiting}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
