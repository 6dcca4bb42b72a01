"use client";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useRef, useState } from "react";
import { ApiError, sayWhy } from "#lib/client/call-api.ts";
import { createBatch, type NewBatch } from "#lib/client/table/batch-server.ts";
import { type Confirm, confirmOf } from "#lib/client/table/confirm.ts";
import { countRows, type Draft, type Problems } from "#lib/client/table/draft.ts";
import { priceWords } from "#lib/client/table/price-words.ts";
import { count, usd } from "#lib/client/words.ts";
import { Button } from "../../../_ui/button.tsx";
import { Modal } from "../../../review/modal.tsx";
import { useBatchEstimate } from "./use-batch-estimate.ts";

/** What the whole table would cost, its budget, and the button that starts it. What is expensive is asked once more. */
export function PriceBar(props: { draft: Draft; body: NewBatch; name: string; problems: Problems; settled: boolean }) {
  const { draft, body, problems } = props;
  const router = useRouter();
  const id = useId();
  const { rows, tooMany } = countRows(draft);
  const ready = problems.total === 0 && !tooMany && props.settled;
  const { estimate, error, estimating } = useBatchEstimate(ready ? body : undefined);
  const [name, setName] = useState(props.name);
  const [budget, setBudget] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>();
  const [asked, setAsked] = useState<Confirm & { start: boolean }>();
  const key = useRef("");
  const amount = budget.trim() === "" ? null : Number(budget);
  const badBudget = amount !== null && !(Number.isFinite(amount) && amount >= 0 && amount <= 1_000_000);

  const begin = async (start: boolean, confirm?: string) => {
    if (busy) return;
    key.current ||= crypto.randomUUID();
    setBusy(true);
    setRefused(undefined);
    try {
      const sent: NewBatch = { ...body, name: name.trim() || undefined, budgetUsd: amount, start, confirm };
      const { batchId } = await createBatch(sent, key.current);
      router.push(`/batches/${encodeURIComponent(batchId)}`);
    } catch (failed) {
      key.current = "";
      setBusy(false);
      const wanted = confirmOf(failed);
      if (wanted && confirm === undefined) return setAsked({ ...wanted, start });
      const many = failed instanceof ApiError ? failed.problem?.problems?.map(({ message }) => message) : undefined;
      setRefused(many && many.length > 0 ? many.slice(0, 5) : [sayWhy(failed)]);
    }
  };
  const press = (start: boolean) =>
    start && estimate?.confirm !== undefined
      ? setAsked({ token: estimate.confirm, calls: estimate.calls, costUsd: estimate.costUsd, start })
      : void begin(start);

  return (
    <footer className="flex flex-col gap-2 border-line border-t bg-surface px-4 py-3 max-sm:mt-3 sm:px-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <p role="status" className="min-w-0 flex-1 basis-72 self-center text-sm tabular-nums">
          {tooMany ? (
            <span className="text-fail">
              Every combination would be {rows.toLocaleString("en")} rows; a table holds at most 10,000. Use fewer
              columns or values.
            </span>
          ) : problems.total > 0 ? (
            <span className="text-soft">
              {problems.inputs.size > 0
                ? `${[...problems.inputs.values()][0]} Choose its column, or give one value for every row.`
                : "Mend the marked cells, or leave their rows out; then the price is known."}
            </span>
          ) : error !== undefined ? (
            <span className="text-fail">The price could not be worked out. {sayWhy(error)}</span>
          ) : estimate && !estimating ? (
            <>
              <strong className="font-medium">{priceWords(estimate)}</strong>
              {estimate.problems[0] && <span className="block text-hold">{estimate.problems[0].message}</span>}
            </>
          ) : (
            <span className="text-soft">{count(rows, "row")}. Working out the price …</span>
          )}
        </p>
        <label htmlFor={`${id}-name`} className="flex flex-col gap-0.5 text-soft text-xs">
          Name
          <input
            id={`${id}-name`}
            value={name}
            maxLength={200}
            onChange={({ target }) => setName(target.value)}
            className="min-h-10 w-44 rounded-lg border border-line bg-well px-2.5 text-ink text-sm"
          />
        </label>
        <label htmlFor={`${id}-budget`} className="flex flex-col gap-0.5 text-soft text-xs">
          Budget of the table, USD
          <input
            id={`${id}-budget`}
            value={budget}
            inputMode="decimal"
            placeholder="no cap"
            aria-invalid={badBudget}
            onChange={({ target }) => setBudget(target.value)}
            className="min-h-10 w-36 rounded-lg border border-line bg-well px-2.5 text-ink text-sm tabular-nums aria-invalid:border-fail"
          />
        </label>
        <div className="flex flex-wrap gap-2">
          <Button disabled={!ready || busy || badBudget} onClick={() => press(false)}>
            Make it, run later
          </Button>
          <Button look="first" disabled={!ready || busy || badBudget} onClick={() => press(true)}>
            <Play aria-hidden="true" className="size-4" />
            {busy ? "Starting …" : `Run ${count(rows, "row")}`}
          </Button>
        </div>
      </div>
      {refused && (
        <ul role="alert" className="text-fail text-sm">
          {refused.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {asked && (
        <Modal title="This is a large table" onClose={() => setAsked(undefined)}>
          <p>
            {count(rows, "row")}, up to <strong>{asked.calls.toLocaleString("en")} calls</strong>, at most{" "}
            <strong>{usd(asked.costUsd)}</strong>
            {estimate?.simulated ? " at list prices; the simulator draws, nothing is paid." : "."}
          </p>
          <p className="text-soft text-sm">
            {amount === null
              ? "No budget is set for it; a budget stops it where you say."
              : `Its budget of ${usd(amount)} stops it before more is spent.`}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button
              look="first"
              onClick={() => {
                setAsked(undefined);
                void begin(asked.start, asked.token);
              }}
            >
              Run all {rows.toLocaleString("en")} rows
            </Button>
            <Button onClick={() => setAsked(undefined)}>Not yet</Button>
          </div>
        </Modal>
      )}
    </footer>
  );
}
