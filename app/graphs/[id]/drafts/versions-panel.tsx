"use client";
import { ChevronRight, GitCompareArrows, Undo2 } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { sittings, sittingWords } from "#lib/client/editor/drafts/group-versions.ts";
import { wordOf } from "#lib/client/editor/drafts/load-version.ts";
import { mapPicture } from "#lib/client/editor/drafts/map-picture.ts";
import { restoreVersion } from "#lib/client/editor/drafts/restore-version.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import type { VersionRef } from "#lib/client/editor/state.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { count } from "#lib/client/words.ts";
import { GraphMap } from "./graph-map.tsx";
import { useVersion, useVersions } from "./use-versions.ts";
import { VersionName } from "./version-name.tsx";

const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Every save of the graph, by sittings, and the copies that were set aside in this browser. */
export function VersionsPanel() {
  const { revisions, copies, error, more, forget, name } = useVersions();
  const [shown, setShown] = useState<string>();
  const toggle = (ref: VersionRef) => setShown((old) => (old === wordOf(ref) ? undefined : wordOf(ref)));
  const now = Date.now();
  return (
    <div className="flex flex-col gap-3 p-2">
      {error !== undefined && (
        <p role="alert" className="px-2 py-1 text-fail text-xs">
          {error}
        </p>
      )}
      {copies.length > 0 && (
        <section aria-label="Kept in this browser">
          <h3 className="px-2 py-1 font-medium text-soft text-xs">Set aside in this browser</h3>
          <ul className="flex flex-col gap-1">
            {copies.map(({ copy, why, at, document }) => (
              <li key={copy}>
                <Row
                  version={{ copy }}
                  name={`the copy of ${timeOf(at)}`}
                  title={why}
                  details={`${sittingWords({ from: at, to: at }, now)} · ${count(document.nodes.length, "node")}`}
                  open={shown === wordOf({ copy })}
                  onToggle={() => toggle({ copy })}
                  onForget={() => forget(copy)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {revisions?.length === 0 && (
        <p className="px-2 py-3 text-soft text-sm">
          Nothing is saved yet. It happens by itself, a moment after you change something.
        </p>
      )}
      {revisions &&
        sittings(revisions).map(({ saves, ...sitting }, index) => (
          <details key={`${saves.at(-1)?.revision}`} open={index === 0} className="group">
            <summary className="flex cursor-pointer list-none items-center gap-1.5 rounded-md px-2 py-1 text-soft text-xs hover:bg-ink/8 hover:text-ink">
              <ChevronRight aria-hidden="true" className="size-3.5 transition group-open:rotate-90" />
              <span className="min-w-0">
                <span className="block font-medium">{sittingWords(sitting, now)}</span>
                {saves.some(({ label }) => label) && (
                  <span className="block truncate text-ink">
                    {saves.flatMap(({ label }) => label ?? []).join(", ")}
                  </span>
                )}
              </span>
              <span className="ml-auto flex-none tabular-nums">{count(saves.length, "save")}</span>
            </summary>
            <ul className="mt-1 flex flex-col gap-1">
              {saves.map((save) => (
                <li key={save.revision}>
                  <Row
                    version={{ revision: save.revision }}
                    name={`the version of ${timeOf(save.savedAt)}`}
                    title={save.label ?? timeOf(save.savedAt)}
                    details={`${save.label ? `${timeOf(save.savedAt)} · ` : ""}${save.name} · ${count(save.nodes, "node")}`}
                    open={shown === wordOf(save)}
                    onToggle={() => toggle(save)}
                  >
                    <VersionName
                      key={save.label}
                      label={save.label ?? ""}
                      of={timeOf(save.savedAt)}
                      onName={(label) => name(save.revision, label)}
                    />
                  </Row>
                </li>
              ))}
            </ul>
          </details>
        ))}
      {more && (
        <button type="button" onClick={more} className="rounded-lg px-2 py-1.5 text-soft text-xs hover:bg-ink/8">
          Earlier saves
        </button>
      )}
    </div>
  );
}

function Row({
  version,
  name,
  title,
  details,
  open,
  onToggle,
  onForget,
  children,
}: {
  version: VersionRef;
  name: string;
  title: string;
  details: string;
  open: boolean;
  onToggle(): void;
  onForget?(): void;
  children?: ReactNode;
}) {
  return (
    <div className={`rounded-lg ${open ? "bg-ink/5 pb-2" : ""}`}>
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex w-full flex-col items-start rounded-lg px-2 py-1.5 text-left hover:bg-ink/8"
      >
        <span className="text-sm tabular-nums">{title}</span>
        <span className="max-w-full truncate text-soft text-xs">{details}</span>
      </button>
      {open && children}
      {open && <Preview version={version} name={name} onForget={onForget} />}
    </div>
  );
}

function Preview({ version, name, onForget }: { version: VersionRef; name: string; onForget?(): void }) {
  const editor = useEditor();
  const { registry } = editor.around;
  const { graph, error } = useVersion(version);
  const picture = useMemo(
    () => graph && mapPicture(graph, (node) => titleOf(node, registry.get(node.type))),
    [graph, registry],
  );
  const act =
    "flex flex-1 items-center justify-center gap-1.5 rounded-lg border border-line px-2 py-1.5 text-xs hover:bg-ink/8";
  return (
    <div className="flex flex-col gap-2 px-2 pt-1">
      {error !== undefined && <p className="text-fail text-xs">{error}</p>}
      {picture ? (
        <GraphMap picture={picture} label={`Map of ${name}`} width={250} />
      ) : (
        <div className="aspect-[16/10] w-full rounded-lg bg-well" aria-busy="true" />
      )}
      <div className="flex gap-2">
        <button
          type="button"
          className={act}
          onClick={() => openDialog(editor, { kind: "versions", older: version, newer: "now" })}
        >
          <GitCompareArrows aria-hidden="true" className="size-3.5" />
          Compare
        </button>
        <button
          type="button"
          disabled={!graph}
          className={act}
          onClick={() => graph && restoreVersion(editor, graph, name)}
        >
          <Undo2 aria-hidden="true" className="size-3.5" />
          Restore
        </button>
      </div>
      {onForget && (
        <button
          type="button"
          onClick={onForget}
          className="self-start rounded-md px-1 text-soft text-xs underline hover:text-ink"
        >
          Forget this copy
        </button>
      )}
    </div>
  );
}
