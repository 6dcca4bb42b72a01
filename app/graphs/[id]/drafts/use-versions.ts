"use client";
import { useCallback, useEffect, useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import type { KeptCopy } from "#lib/client/editor/drafts/draft-store.ts";
import { keeperOf } from "#lib/client/editor/drafts/keeper-of.ts";
import { loadVersion, wordOf } from "#lib/client/editor/drafts/load-version.ts";
import type { VersionRef } from "#lib/client/editor/state.ts";
import { say } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import type { RevisionSummary } from "#lib/protocol/http.ts";

export type Versions = {
  revisions?: readonly RevisionSummary[];
  copies: readonly KeptCopy[];
  error?: string;
  /** Loads the page after the last one; undefined when there is none. */
  more?(): void;
  forget(copy: number): void;
  /** Names a save; an empty name takes it away. */
  name(revision: number, label: string): void;
};

/** Saves of the server and copies of this browser, newest first; asked for again after every save. */
export function useVersions(): Versions {
  const editor = useEditor();
  const id = useEditorState(({ document }) => document.id);
  const revision = useEditorState(({ save }) => save.conflict?.theirs.revision ?? save.revision);
  const [state, setState] = useState<{ revisions?: RevisionSummary[]; next?: number; error?: string }>({});
  const [copies, setCopies] = useState<readonly KeptCopy[]>([]);

  const load = useCallback(
    async (before: number | undefined, wanted: () => boolean) => {
      const { ports } = await keeperOf(editor);
      try {
        // Nobody saved it yet: there is nothing to ask for.
        const saved = editor.getState().save.etag !== undefined;
        const page = saved ? await ports.server.revisions(id, before) : { revisions: [] };
        if (wanted())
          setState((old) => ({
            revisions: before === undefined ? page.revisions : [...(old.revisions ?? []), ...page.revisions],
            next: page.next,
          }));
      } catch (error) {
        if (wanted()) setState((old) => ({ ...old, error: sayWhy(error) }));
      }
      const kept = await ports.store.copies(id).catch(() => []);
      if (wanted()) setCopies(kept);
    },
    [editor, id],
  );
  useEffect(() => {
    let wanted = true;
    void load(undefined, () => wanted);
    return () => {
      wanted = false;
    };
  }, [load, revision]);

  const { next } = state;
  return {
    revisions: state.revisions,
    error: state.error,
    copies,
    more: next === undefined ? undefined : () => void load(next, () => true),
    name(revision, label) {
      callApi(`/api/graphs/${encodeURIComponent(id)}/revisions/${revision}/label`, {
        method: "PUT",
        body: { label },
      }).then(
        () => {
          setState((old) => ({
            ...old,
            error: undefined,
            revisions: old.revisions?.map((one) => named(one, revision, label)),
          }));
          say(editor, label === "" ? "The version has no name now" : `The version is called ${label}`);
        },
        (error: unknown) => setState((old) => ({ ...old, error: sayWhy(error) })),
      );
    },
    forget(copy) {
      void keeperOf(editor)
        .then(({ ports }) => ports.store.forgetCopy(copy))
        .then(() => setCopies((old) => old.filter((one) => one.copy !== copy)));
    },
  };
}

function named(save: RevisionSummary, revision: number, label: string): RevisionSummary {
  if (save.revision !== revision) return save;
  const { label: _, ...rest } = save;
  return label === "" ? rest : { ...rest, label };
}

/** The document of a version, loaded when it is asked for. */
export function useVersion(ref: VersionRef | undefined): { graph?: Graph; error?: string } {
  const editor = useEditor();
  const now = useEditorState(({ document }) => document);
  const word = ref === undefined ? undefined : wordOf(ref);
  const [loaded, setLoaded] = useState<{ word?: string; graph?: Graph; error?: string }>({});
  useEffect(() => {
    if (ref === undefined || ref === "now") return;
    let wanted = true;
    keeperOf(editor)
      .then((keeper) => loadVersion(editor, keeper, ref))
      .then(
        (graph) => wanted && setLoaded({ word, graph }),
        (error: unknown) =>
          wanted && setLoaded({ word, error: error instanceof Error ? error.message : sayWhy(error) }),
      );
    return () => {
      wanted = false;
    };
  }, [editor, word]);
  if (ref === "now") return { graph: now };
  return loaded.word === word ? { graph: loaded.graph, error: loaded.error } : {};
}
