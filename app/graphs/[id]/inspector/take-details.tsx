"use client";
import { Columns2, GitFork, RotateCcw, X } from "lucide-react";
import Link from "next/link";
import { fork } from "#lib/client/editor/edit/fork.ts";
import { forkFrom } from "#lib/client/editor/fields/commands.ts";
import { factsOf, pictureOf } from "#lib/client/editor/fields/take-facts.ts";
import type { NodeTake } from "#lib/client/editor/node-run.ts";
import { useTake as bringBack } from "#lib/client/editor/running/takes.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { ago, usd } from "#lib/client/words.ts";
import { MINI, SMALL } from "./controls/control-props.ts";
import { Fact } from "./panel-parts.tsx";

/** One past result: how it came about, and what can be done with it. */
export function TakeDetails({
  id,
  take,
  inUse,
  onClose,
}: {
  id: string;
  take: NodeTake;
  inUse: boolean;
  onClose(): void;
}) {
  const editor = useEditor();
  const run = useEditorState((state) => state.run.nodes.get(id));
  const facts = factsOf(take, run);
  const picture = pictureOf(take);
  const current = run && pictureOf(run);
  const canFork = useEditorState(({ document }) => fork(document, editor.around.registry, id) !== undefined);
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-well p-2.5">
      <div className="flex items-center justify-between gap-2">
        <p className="font-semibold text-xs">
          {`Take ${take.take}`}
          {inUse && <span className="ml-1.5 font-normal text-brand">in use</span>}
        </p>
        <button type="button" aria-label="Close" onClick={onClose} className={MINI}>
          <X aria-hidden="true" className="size-3.5" />
        </button>
      </div>
      <div className="flex flex-wrap gap-1.5">
        <button type="button" disabled={inUse} onClick={() => bringBack(editor, id, take)} className={SMALL}>
          <RotateCcw aria-hidden="true" className="size-3.5" />
          Use this take
        </button>
        <button
          type="button"
          disabled={!picture || !current || picture.asset === current.asset}
          onClick={() => picture && current && openDialog(editor, { kind: "compare", before: picture, after: current })}
          className={SMALL}
        >
          <Columns2 aria-hidden="true" className="size-3.5" />
          Compare
        </button>
        <button
          type="button"
          disabled={!canFork}
          onClick={() => {
            // A fork continues what the node gives: this take has to be what it gives.
            if (inUse || picture?.asset === current?.asset || bringBack(editor, id, take)) forkFrom(editor, id);
          }}
          className={SMALL}
        >
          <GitFork aria-hidden="true" className="size-3.5" />
          Fork from here
        </button>
      </div>
      <dl className="flex flex-col gap-1">
        {facts.why && <Fact name="Why it ran">{facts.why}</Fact>}
        <Fact name="Cost">{take.cached ? `${usd(take.costUsd)}, from the cache` : usd(take.costUsd)}</Fact>
        {take.depth !== undefined && <Fact name="Turn">{take.depth}</Fact>}
        {facts.model && <Fact name="Model">{facts.simulated ? `${facts.model}, simulated` : facts.model}</Fact>}
        <Fact name="Made">{ago(take.at, Date.now())}</Fact>
        {facts.responseId && (
          <Fact name="Response">
            <span className="font-mono text-[11px]" title={facts.responseId}>
              {facts.responseId}
            </span>
          </Fact>
        )}
        <Fact name="Run">
          <Link href={`/runs/${take.runId}`} className="underline underline-offset-2">
            Open
          </Link>
        </Fact>
      </dl>
      {facts.prompt && <Words title="Prompt sent" text={facts.prompt} />}
      {facts.revised && <Words title="Revised by the model" text={facts.revised} />}
    </div>
  );
}

function Words({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <p className="text-soft text-xs">{title}</p>
      <p className="max-h-40 overflow-y-auto whitespace-pre-wrap break-words text-xs leading-relaxed">{text}</p>
    </div>
  );
}
