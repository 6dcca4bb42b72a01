"use client";
import { useState } from "react";
import { entryFacts, idFacts, inputFacts, promptsOf, settingFacts } from "#lib/client/archive/record-words.ts";
import { verdictOn } from "#lib/client/review/verdict-lines.ts";
import { usd } from "#lib/client/words.ts";
import type { EntryCard } from "#lib/protocol/catalogue.ts";
import type { EntryRecord, LineagePicture, RecordCall } from "#lib/protocol/entry-record.ts";
import { VerdictChip } from "../../../_ui/quality/verdict-chip.tsx";
import { type BoxesShown, VerdictLines } from "../../../_ui/quality/verdict-lines.tsx";
import { FactList, Part, Words } from "./entry-words.tsx";

/** The companion record as people read it: what was said, what was set, what was found, what it cost. */
export function EntryRecordView({
  entry,
  record,
  shown,
}: {
  entry: EntryCard;
  record: EntryRecord | undefined;
  /** Another picture of the lineage that is looked at. */
  shown?: LineagePicture;
}) {
  const made = shown?.made ?? record?.made;
  const { sent, revised } = promptsOf(made);
  const settings = settingFacts(made);
  const inputs = inputFacts(record);
  return (
    <div className="grid gap-5">
      {!shown && record?.verdicts && record.verdicts.length > 0 && <Verdicts record={record} />}
      {sent && <Words title="Prompt sent" text={sent} />}
      {revised && <Words title="Revised by the model" text={revised} />}
      {settings.length > 0 && (
        <Part title="Settings">
          <table className="w-full text-xs">
            <thead className="text-left text-soft">
              <tr>
                <th scope="col" className="pb-1 font-normal">
                  <span className="sr-only">Setting</span>
                </th>
                <th scope="col" className="pb-1 text-right font-normal">
                  Asked
                </th>
                <th scope="col" className="pb-1 text-right font-normal">
                  Given
                </th>
              </tr>
            </thead>
            <tbody>
              {settings.map(({ name, asked, given }) => (
                <tr key={name} className="align-top">
                  <th scope="row" className="py-0.5 text-left font-normal text-soft">
                    {name}
                  </th>
                  <td className="py-0.5 pl-3 text-right">{asked ?? "–"}</td>
                  <td className={`py-0.5 pl-3 text-right ${asked && given && asked !== given ? "text-hold" : ""}`}>
                    {given ?? "–"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Part>
      )}
      {!shown && (
        <>
          <Part title="About">
            <FactList facts={entryFacts(entry, record)} />
          </Part>
          {inputs.length > 0 && (
            <Part title="Inputs">
              <FactList facts={inputs} />
            </Part>
          )}
          {record?.sheets?.map((sheet) => (
            <Words key={sheet.hash} title={`Spec sheet: ${sheet.ref ?? sheet.name ?? "unnamed"}`} text={sheet.text} />
          ))}
          {record?.calls && record.calls.length > 0 && <Calls calls={record.calls} lineage={record.lineage ?? []} />}
          <Part title="Names">
            <FactList facts={idFacts(entry, record)} mono />
          </Part>
        </>
      )}
    </div>
  );
}

function Verdicts({ record }: { record: EntryRecord }) {
  const { verdict, lines } = verdictOn({ verdicts: record.verdicts });
  const [boxes, setBoxes] = useState<BoxesShown>({ all: false });
  if (!verdict) return null;
  // Boxes lie over the picture in the run; here the lines alone are read.
  const plain = lines.map(({ box: _, number: __, ...line }) => line);
  return (
    <Part title="Verdict" aside={<VerdictChip verdict={verdict} />}>
      <VerdictLines lines={plain} shown={boxes} onShow={setBoxes} />
      {verdict.notes && <p className="text-soft text-xs leading-5">{verdict.notes}</p>}
    </Part>
  );
}

function Calls({ calls, lineage }: { calls: readonly RecordCall[]; lineage: readonly LineagePicture[] }) {
  const titles = new Map(lineage.map(({ node }) => [node?.id, node?.title]));
  return (
    <Part title={`Calls (${calls.length})`}>
      <ul className="grid gap-1">
        {calls.map((call) => (
          <li key={call.key}>
            <details className="rounded-lg border border-line">
              <summary className="flex min-h-9 items-center gap-2 px-2.5 text-xs">
                <span className="min-w-0 flex-1 truncate">
                  {titles.get(call.nodeId) || call.nodeId} <span className="text-soft">{call.model}</span>
                </span>
                <span className="text-soft tabular-nums">{call.simulated ? "free" : usd(call.costUsd)}</span>
              </summary>
              <div className="grid gap-2 border-line border-t p-2.5 text-xs leading-5">
                {typeof call.sent.prompt === "string" && (
                  <p className="max-h-48 overflow-y-auto whitespace-pre-wrap break-words">{call.sent.prompt}</p>
                )}
                <p className="break-all font-mono text-[11px] text-soft">
                  {[call.responseId, call.requestId, call.state].filter(Boolean).join(" · ")}
                </p>
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Part>
  );
}
