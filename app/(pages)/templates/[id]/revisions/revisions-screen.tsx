"use client";
import Link from "next/link";
import { useCallback, useEffect, useState } from "react";
import { ApiError, sayWhy } from "#lib/client/call-api.ts";
import { loadRevisions, makeCurrent, takeBack } from "#lib/client/templates/template-server.ts";
import type { TemplateSummary } from "#lib/protocol/templates.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Notice } from "../../../../_ui/notice.tsx";
import { CompareRevisions } from "./compare-revisions.tsx";
import { RevisionRow } from "./revision-row.tsx";

type State = { rows?: readonly TemplateSummary[]; next?: number; error?: unknown; doing?: string };

/** Every published revision of a template: which one runs, what changed, and the ways back. */
export function RevisionsScreen({ id }: { id: string }) {
  const [state, setState] = useState<State>({});
  const [compared, setCompared] = useState<{ older: number; newer: number }>();
  const load = useCallback(
    (before?: number) =>
      loadRevisions(id, before).then(
        ({ revisions, next }) =>
          setState(({ rows = [] }) => ({ rows: before === undefined ? revisions : [...rows, ...revisions], next })),
        (error: unknown) => setState((old) => ({ ...old, error, doing: undefined })),
      ),
    [id],
  );
  useEffect(() => void load(), [load]);
  const act = async (doing: string, what: () => Promise<unknown>) => {
    if (state.doing) return;
    setState((old) => ({ ...old, doing, error: undefined }));
    await what().then(
      () => load(),
      (error: unknown) => setState((old) => ({ ...old, error, doing: undefined })),
    );
  };
  const { rows, error, doing } = state;
  if (!rows && error instanceof ApiError && error.status === 404)
    return (
      <Notice tone="fail" title="There is no such template.">
        <Link href="/templates" className="text-brand underline underline-offset-4">
          All templates
        </Link>
      </Notice>
    );
  const current = rows?.find((row) => row.current);
  const [newest] = rows ?? [];
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-wrap items-end justify-between gap-3 pt-3">
        <div>
          <p className="text-sm text-soft">
            <Link href={`/templates/${encodeURIComponent(id)}`} className="underline underline-offset-4 hover:text-ink">
              Form
            </Link>
          </p>
          <h1 className="font-semibold text-2xl tracking-tight wrap-anywhere">
            {newest ? `${newest.name}: revisions` : "Revisions"}
          </h1>
        </div>
        <div className="flex flex-wrap gap-2">
          <Link
            href={`/graphs/${encodeURIComponent(id)}`}
            className="inline-flex min-h-10 items-center rounded-lg border border-line px-4 font-medium text-sm hover:bg-ink/8"
          >
            Open the draft
          </Link>
          {current && (
            <Button disabled={doing !== undefined} onClick={() => act("back", () => takeBack(id))}>
              {doing === "back" ? "Taking back …" : "Unpublish"}
            </Button>
          )}
        </div>
      </header>
      {error !== undefined && (
        <Notice tone="fail" title={sayWhy(error)}>
          Nothing was changed.
        </Notice>
      )}
      {rows && !current && (
        <Notice tone="hold" title="Nothing of this template is published now.">
          Its form answers nobody. Make a revision current to publish it again.
        </Notice>
      )}
      {rows ? (
        <ol aria-label="Revisions" className="flex flex-col divide-y divide-line rounded-xl border border-line">
          {rows.map((row, index) => (
            <RevisionRow
              key={row.revision}
              row={row}
              before={rows[index + 1]?.revision}
              doing={doing}
              onCurrent={() => act(`current-${row.revision}`, () => makeCurrent(id, row.revision))}
              onCompare={(older) => setCompared({ older, newer: row.revision })}
            />
          ))}
        </ol>
      ) : (
        <div aria-busy="true" className="h-60 rounded-xl bg-well" />
      )}
      {state.next !== undefined && (
        <Button className="self-start" onClick={() => load(state.next)}>
          Show earlier ones
        </Button>
      )}
      {rows && compared && (
        <CompareRevisions
          key={`${compared.older}-${compared.newer}`}
          id={id}
          rows={rows}
          {...compared}
          onPick={setCompared}
          onClose={() => setCompared(undefined)}
        />
      )}
    </div>
  );
}
