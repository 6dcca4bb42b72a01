"use client";
import Link from "next/link";
import { useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import { heldWords } from "#lib/client/money/figures.ts";
import { ago, count, usd } from "#lib/client/words.ts";
import type { MoneyReport, OpenCall } from "#lib/protocol/money-report.ts";
import { Button } from "../../_ui/button.tsx";
import { Notice } from "../../_ui/notice.tsx";
import { Part } from "./part.tsx";

/** Money that is held: calls on their way, and calls nobody knows the fate of, each with what to do. */
export function HeldCalls({ report, reload }: { report: MoneyReport; reload(): void }) {
  const { open, inDoubt } = report;
  if (open.calls.length + inDoubt.calls.length === 0)
    return (
      <Part title="Held back">
        <p className="text-soft">Nothing is held back: no call is on its way, and none is in doubt.</p>
      </Part>
    );
  return (
    <Part
      title="Held back"
      says="Before a call is sent, the most it may cost is set aside. It counts as spent until the provider says what it was."
    >
      {inDoubt.calls.length > 0 && (
        <Notice
          tone="hold"
          title={`${count(inDoubt.calls.length + inDoubt.more, "call")} in doubt, ${usd(inDoubt.reservedUsd)} held`}
        >
          A connection broke before the provider gave the call a name. It is never sent again by itself.
        </Notice>
      )}
      <ul className="divide-y divide-line rounded-xl border border-line">
        {[...inDoubt.calls, ...open.calls].map((call) => (
          <Held key={call.key} call={call} reload={reload} />
        ))}
      </ul>
      {open.more + inDoubt.more > 0 && <p className="text-sm text-soft">and {open.more + inDoubt.more} more</p>}
    </Part>
  );
}

function Held({ call, reload }: { call: OpenCall; reload(): void }) {
  const [state, setState] = useState<{ busy?: boolean; error?: string }>({});
  const { says, todo } = heldWords(call);
  const decide = async (inDoubt: "retry" | "give-up") => {
    setState({ busy: true });
    try {
      await callApi(`/api/runs/${call.runId}/resume`, { body: { inDoubt } });
      setState({});
      reload();
    } catch (error) {
      setState({ error: sayWhy(error) });
    }
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="truncate font-medium">
          <Link href={`/runs/${call.runId}`} className="hover:underline">
            {call.graphName}
          </Link>
          <span className="font-normal text-soft"> · {call.nodeId}</span>
        </p>
        <p className="text-sm text-soft">
          {says}, {ago(call.createdAt, Date.now())} · {call.model}. {todo}
        </p>
        {state.error && <p className="text-fail text-sm">{state.error}</p>}
      </div>
      <span className="tabular-nums">{usd(call.reservedUsd)}</span>
      {call.state === "in_doubt" && (
        <div className="flex gap-2">
          <Button disabled={state.busy} onClick={() => void decide("retry")}>
            Send it again
          </Button>
          <Button disabled={state.busy} onClick={() => void decide("give-up")}>
            Give it up
          </Button>
        </div>
      )}
    </li>
  );
}
