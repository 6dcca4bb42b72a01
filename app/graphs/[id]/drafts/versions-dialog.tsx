"use client";
import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";
import { sittingWords } from "#lib/client/editor/drafts/group-versions.ts";
import { refOf, wordOf } from "#lib/client/editor/drafts/load-version.ts";
import { restoreVersion } from "#lib/client/editor/drafts/restore-version.ts";
import type { VersionRef } from "#lib/client/editor/state.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { Button } from "../../../_ui/button.tsx";
import type { DialogProps } from "../dialogs.tsx";
import { ChangesView } from "./changes-view.tsx";
import { Sheet } from "./sheet.tsx";
import { useVersion, useVersions, type Versions } from "./use-versions.ts";

/** Two versions beside each other: what is different, and the way back to either. */
export default function VersionsDialog({ dialog, close }: DialogProps<"versions">) {
  const editor = useEditor();
  const versions = useVersions();
  const saved = useEditorState(({ save }) => save.revision);
  const [picked, setPicked] = useState<{ older?: VersionRef; newer?: VersionRef }>({});
  const newer = picked.newer ?? dialog.newer ?? "now";
  const older = picked.older ?? dialog.older ?? (saved === undefined ? "now" : before(versions, saved));
  const [a, b] = [useVersion(older), useVersion(newer)];
  const options = optionsOf(versions);
  const nameOf = (ref: VersionRef) => options.find(({ word }) => word === wordOf(ref))?.name ?? "this version";
  return (
    <Sheet title="Compare versions" close={close}>
      <div className="flex flex-wrap items-end gap-2 pb-4">
        <Pick label="From" value={older} options={options} onPick={(ref) => setPicked({ older: ref, newer })} />
        <Button className="px-2.5" title="Swap" onClick={() => setPicked({ older: newer, newer: older })}>
          <ArrowLeftRight aria-hidden="true" className="size-4" />
          <span className="sr-only">Swap the two versions</span>
        </Button>
        <Pick label="To" value={newer} options={options} onPick={(ref) => setPicked({ older, newer: ref })} />
        <div className="ml-auto flex gap-2">
          {[
            { ref: older, graph: a.graph },
            { ref: newer, graph: b.graph },
          ].map(
            ({ ref, graph }) =>
              ref !== "now" && (
                <Button
                  key={wordOf(ref)}
                  disabled={!graph}
                  onClick={() => graph && restoreVersion(editor, graph, `the version “${nameOf(ref)}”`)}
                >
                  Restore “{nameOf(ref)}”
                </Button>
              ),
          )}
        </div>
      </div>
      {(a.error ?? b.error) !== undefined && (
        <p role="alert" className="pb-3 text-fail text-sm">
          {a.error ?? b.error}
        </p>
      )}
      {a.graph && b.graph ? (
        <ChangesView before={a.graph} after={b.graph} label="Changes" wide />
      ) : (
        <div className="aspect-[16/10] w-full rounded-lg bg-well" aria-busy="true" />
      )}
    </Sheet>
  );
}

/** The save before the newest one: what people most often want to see is what happened last. */
function before({ revisions = [] }: Versions, saved: number): VersionRef {
  const earlier = revisions.find(({ revision }) => revision < saved);
  return { revision: earlier?.revision ?? saved };
}

type Option = { word: string; name: string };

function optionsOf({ revisions = [], copies }: Versions): Option[] {
  const now = Date.now();
  const at = (time: number) =>
    `${sittingWords({ from: time, to: time }, now)}:${new Date(time).getSeconds().toString().padStart(2, "0")}`;
  return [
    { word: "now", name: "On the canvas now" },
    ...revisions.map(({ revision, savedAt }) => ({ word: wordOf({ revision }), name: at(savedAt) })),
    ...copies.map((copy) => ({ word: wordOf(copy), name: `Copy, ${at(copy.at)}` })),
  ];
}

function Pick({
  label,
  value,
  options,
  onPick,
}: {
  label: string;
  value: VersionRef;
  options: readonly Option[];
  onPick(ref: VersionRef): void;
}) {
  const word = wordOf(value);
  return (
    <label className="flex flex-col gap-1 text-soft text-xs">
      {label}
      <select
        value={word}
        onChange={(event) => onPick(refOf(event.target.value))}
        className="min-h-10 max-w-60 rounded-lg border border-line bg-well px-2.5 text-ink text-sm"
      >
        {!options.some((one) => one.word === word) && <option value={word}>…</option>}
        {options.map((one) => (
          <option key={one.word} value={one.word}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}
