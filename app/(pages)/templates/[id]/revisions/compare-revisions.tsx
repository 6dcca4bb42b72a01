"use client";
import { useEffect, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { loadTemplate } from "#lib/client/templates/template-server.ts";
import type { Template, TemplateSummary } from "#lib/protocol/templates.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";
import { DocumentChanges } from "../../../../graphs/[id]/drafts/document-changes.tsx";
import { Sheet } from "../../../../graphs/[id]/drafts/sheet.tsx";

const registry = createRegistry(NODES);

/** Two published revisions beside each other. */
export function CompareRevisions({
  id,
  rows,
  older,
  newer,
  onPick,
  onClose,
}: {
  id: string;
  rows: readonly TemplateSummary[];
  older: number;
  newer: number;
  onPick(pair: { older: number; newer: number }): void;
  onClose(): void;
}) {
  const [state, setState] = useState<{ a?: Template; b?: Template; error?: unknown }>({});
  useEffect(() => {
    let wanted = true;
    Promise.all([loadTemplate(id, older), loadTemplate(id, newer)]).then(
      ([a, b]) => wanted && setState({ a, b }),
      (error: unknown) => wanted && setState({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [id, older, newer]);
  const pick = (label: string, value: number, onValue: (revision: number) => void) => (
    <label className="flex flex-col gap-1 text-soft text-xs">
      {label}
      <select
        value={value}
        onChange={({ target }) => onValue(Number(target.value))}
        className="min-h-10 rounded-lg border border-line bg-well px-2.5 text-ink text-sm"
      >
        {rows.map(({ revision }) => (
          <option key={revision} value={revision}>
            Revision {revision}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <Sheet title="Compare revisions" close={onClose}>
      <div className="flex gap-2 pb-4">
        {pick("From", older, (revision) => onPick({ older: revision, newer }))}
        {pick("To", newer, (revision) => onPick({ older, newer: revision }))}
      </div>
      {state.error !== undefined && (
        <p role="alert" className="text-fail text-sm">
          {sayWhy(state.error)}
        </p>
      )}
      {state.a && state.b && (
        <DocumentChanges registry={registry} before={state.a.graph} after={state.b.graph} label="Changes" wide />
      )}
    </Sheet>
  );
}
