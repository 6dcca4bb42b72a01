"use client";
import { count, usd } from "#lib/client/words.ts";
import type { CallView } from "#lib/protocol/run.ts";

const STATES: Record<CallView["state"], string> = {
  intent: "about to be sent",
  accepted: "under way",
  completed: "completed",
  failed: "failed",
  cancelled: "cancelled",
  in_doubt: "in doubt",
  abandoned: "given up",
};

/** The calls of a step: what was sent, what the model made of it, what it cost. */
export function StepCalls({ calls }: { calls: readonly CallView[] }) {
  if (calls.length === 0) return null;
  return (
    <details>
      <summary className="w-fit select-none py-1 hover:text-ink">
        {count(calls.length, "call")} · {usd(calls.reduce((sum, call) => sum + call.costUsd, 0))}
      </summary>
      <ol className="mt-2 flex flex-col gap-4 border-line border-l-2 pl-4">
        {calls.map((call) => (
          <li key={call.key} className="flex flex-col gap-1.5">
            <p className="text-ink">
              {call.model} · {call.lane} · {STATES[call.state]} · {usd(call.costUsd)}
              {call.estimated ? " (reserved)" : ""}
              {call.attempt > 1 ? ` · attempt ${call.attempt}` : ""}
            </p>
            {call.prompt && <Said title="Sent" text={call.prompt} />}
            {call.revisedPrompt && <Said title="Revised by the model" text={call.revisedPrompt} />}
            {call.responseId && <code className="break-all text-[11px]">{call.responseId}</code>}
            {call.error && <p className="text-fail">{call.error.message}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Said({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <p>{title}</p>
      <p className="max-w-[75ch] whitespace-pre-wrap text-ink text-sm">{text}</p>
    </div>
  );
}
