"use client";
import { sayWhy } from "#lib/client/call-api.ts";
import { scoreFacts } from "#lib/client/quality/score-facts.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { ago, count } from "#lib/client/words.ts";
import type { Scorecard as Card } from "#lib/protocol/quality.ts";

/** How the newest runs of a graph did, beside how it did before its last change. */
export function Scorecard({ graphId }: { graphId: string }) {
  const { value, error, reload } = useLoaded<Card>(`/api/graphs/${encodeURIComponent(graphId)}/scorecard`);
  if (!value) return <p className="text-soft text-xs">{error ? sayWhy(error) : "Counting …"}</p>;
  const [now, before] = value.rows;
  if (!now)
    return (
      <p className="text-soft text-xs">
        Nothing was judged yet. A gate that has run tells here how many pictures pass and what one costs.
      </p>
    );
  const at = Date.now();
  return (
    <>
      <table className="w-full text-xs">
        <caption className="sr-only">How the graph did, now and before its last change</caption>
        <thead>
          <tr className="text-soft">
            <td />
            {[now, ...(before ? [before] : [])].map((row, index) => (
              <th key={row.state} scope="col" className="pb-1 pl-3 text-right font-normal">
                {index === 0 ? "Now" : "Before"}
                <span className="block text-[11px]">{ago(row.to, at)}</span>
                {row.revisions && <span className="block text-[11px]">published as {row.revisions.join(", ")}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {scoreFacts(now, before).map(({ name, now: is, before: was, better }) => (
            <tr key={name}>
              <th scope="row" className="py-1 text-left align-top font-normal text-soft">
                {name}
              </th>
              <td className="break-words py-1 pl-3 text-right align-top font-medium">
                {better !== undefined && (
                  <span className={`font-normal text-[11px] ${better ? "text-done" : "text-hold"}`}>
                    {better ? "better " : "worse "}
                  </span>
                )}
                {is}
              </td>
              {before && <td className="break-words py-1 pl-3 text-right align-top text-soft">{was}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="flex items-center justify-between gap-2 text-[11px] text-soft">
        {`Over the newest ${count(value.runs, "run")}`}
        <button type="button" onClick={reload} className="min-h-7 underline underline-offset-2">
          Count again
        </button>
      </p>
    </>
  );
}
