"use client";
import { sayWhy } from "#lib/client/call-api.ts";
import { sheetPicture, sheetText } from "#lib/client/library/distil-picture.ts";
import { type Draft, emptyDraft } from "#lib/client/library/sheet-draft.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { SheetDesk } from "./sheet-desk.tsx";

/** A sheet that is not kept yet: empty, or as the model wrote it from a conversation. */
export function NewSheet({ runId }: { runId: string | undefined }) {
  return runId === undefined ? <SheetDesk first={undefined} begin={emptyDraft} /> : <FromRun runId={runId} />;
}

function FromRun({ runId }: { runId: string }) {
  const { value, error } = useLoaded<RunDocument>(`/api/runs/${encodeURIComponent(runId)}`);
  if (error !== undefined) return <Notice tone="fail" title={sayWhy(error)} />;
  if (!value) return <div className="h-96 rounded-xl bg-surface" aria-busy="true" />;
  const text = sheetText(value);
  if (text === undefined) return <Notice tone="fail" title="This run wrote no sheet." />;
  return <SheetDesk first={undefined} begin={fromRun(value, text)} />;
}

function fromRun(run: RunDocument, text: string): Draft {
  const picture = sheetPicture(run);
  const sample = picture && {
    asset: picture.asset,
    width: picture.width,
    height: picture.height,
    mediaType: picture.mediaType,
    send: false,
  };
  return {
    ...emptyDraft,
    name: run.graphName.replace(/^Spec sheet from (?:a picture)?/, ""),
    text,
    samples: sample ? [sample] : [],
    note: "Written from a conversation",
    madeFrom: { runId: run.runId, ...(picture ? { asset: picture.asset } : {}) },
  };
}
