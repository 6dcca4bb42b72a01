import { Clock } from "lucide-react";
import Link from "next/link";
import type { InboxAsked } from "#lib/client/review/asked.ts";
import { timeLeft } from "#lib/client/review/words.ts";
import { ago } from "#lib/client/words.ts";

/** The question, where it comes from and how long it waits. */
export function AskedHead({ asked }: { asked: InboxAsked }) {
  const { review } = asked;
  const now = Date.now();
  return (
    <header className="grid gap-1">
      <h2 className="whitespace-pre-line font-semibold text-base leading-6">{asked.question}</h2>
      <p className="text-soft text-xs leading-5">
        <Link
          href={`/runs/${review.runId}`}
          className="text-ink underline decoration-line underline-offset-2 hover:decoration-ink"
        >
          {review.graphName}
        </Link>
        {` · ${review.title}${review.pass > 0 ? ` · pass ${review.pass + 1}` : ""} · asked ${ago(review.since, now)}`}
        {asked.simulated && " · simulated"}
      </p>
      {asked.dueAt !== undefined && (
        <p className="flex items-center gap-1.5 text-hold text-xs">
          <Clock aria-hidden="true" className="size-3.5" />
          Decided without you {timeLeft(asked.dueAt, now)}
        </p>
      )}
    </header>
  );
}
