"use client";
import { Copy, GitMerge, type LucideIcon, Pencil, Users } from "lucide-react";
import { useMemo, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { conflictWords } from "#lib/client/editor/drafts/change-words.ts";
import { keeperOf } from "#lib/client/editor/drafts/keeper-of.ts";
import { mergeGraphs } from "#lib/client/editor/drafts/merge-graphs.ts";
import { type Choice, resolveConflict } from "#lib/client/editor/drafts/resolve-conflict.ts";
import { takesMany } from "#lib/client/editor/drafts/takes-many.ts";
import type { SaveState } from "#lib/client/editor/state.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { DialogProps } from "../dialogs.tsx";
import { ChangesView } from "./changes-view.tsx";
import { Sheet } from "./sheet.tsx";

/** Two versions of one graph, both whole: a person says which one goes on. Closing it decides nothing and loses nothing. */
export default function ConflictDialog({ close }: DialogProps<"conflict">) {
  const conflict = useEditorState(({ save }) => save.conflict);
  return (
    <Sheet title="This graph was changed elsewhere" close={close}>
      {conflict ? <Both conflict={conflict} close={close} /> : <p>There is nothing to choose any more.</p>}
    </Sheet>
  );
}

function Both({ conflict: { theirs, base }, close }: { conflict: NonNullable<SaveState["conflict"]>; close(): void }) {
  const editor = useEditor();
  const mine = useEditorState(({ document }) => document);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const clashes = useMemo(() => {
    if (!base) return undefined;
    const { registry } = editor.around;
    const { conflicts } = mergeGraphs(base, mine, theirs.graph, takesMany(registry));
    return conflicts.map(conflictWords(registry, mine, theirs.graph, base));
  }, [base, mine, theirs, editor]);
  const choose = async (choice: Choice) => {
    setBusy(true);
    setError(undefined);
    try {
      await resolveConflict(editor, await keeperOf(editor), choice);
      close();
    } catch (failure) {
      setError(failure instanceof TypeError ? sayWhy(failure) : (failure as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const options: { choice: Choice; Icon: LucideIcon; title: string; says: string; off?: boolean }[] = [
    {
      choice: "both",
      Icon: GitMerge,
      title: "Merge both",
      says: mergeSays(clashes),
      off: clashes === undefined || clashes.length > 0,
    },
    {
      choice: "mine",
      Icon: Pencil,
      title: "Keep mine",
      says: "Saved as a new version over theirs. Theirs stays under Versions.",
    },
    {
      choice: "theirs",
      Icon: Users,
      title: "Take theirs",
      says: "Yours is set aside in this browser, under Versions. Undo goes back.",
    },
    {
      choice: "copy",
      Icon: Copy,
      title: "Save mine as a copy",
      says: "A graph of its own with your version; this one goes on with theirs.",
    },
  ];
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-prose text-soft text-sm">
        It was saved in another tab or by somebody else while you had unsaved changes. Both versions are whole.
        {base
          ? " Each side shows what it changed since they were the same."
          : " Shown is what differs between the two."}
      </p>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        {options.map(({ choice, Icon, title, says, off }) => (
          <li key={choice}>
            <button
              type="button"
              disabled={busy || off}
              onClick={() => void choose(choice)}
              className="flex h-full w-full flex-col items-start gap-1 rounded-xl border border-line bg-surface px-3 py-2.5 text-left hover:border-brand disabled:hover:border-line"
            >
              <span className={`flex items-center gap-2 font-medium ${off ? "text-soft" : ""}`}>
                <Icon aria-hidden="true" className={`size-4 ${off ? "" : "text-brand"}`} />
                {title}
              </span>
              <span className="text-soft text-xs">{says}</span>
            </button>
          </li>
        ))}
      </ul>
      {error !== undefined && (
        <p role="alert" className="text-fail text-sm">
          {error} Nothing was changed.
        </p>
      )}
      <div className="grid gap-5 lg:grid-cols-2">
        <section aria-label="Yours" className="min-w-0">
          <h3 className="pb-2 font-semibold text-sm">Yours{base ? "" : ", seen from theirs"}</h3>
          <ChangesView before={base ?? theirs.graph} after={mine} label="Yours" />
        </section>
        <section aria-label="Theirs" className="min-w-0">
          <h3 className="pb-2 font-semibold text-sm">
            Theirs, revision {theirs.revision}
            {base ? "" : ", seen from yours"}
          </h3>
          <ChangesView before={base ?? mine} after={theirs.graph} label="Theirs" />
        </section>
      </div>
    </div>
  );
}

function mergeSays(clashes: readonly string[] | undefined): string {
  if (clashes === undefined) return "Not possible: the version both began with is not known.";
  if (clashes.length === 0) return "Nothing was changed on both sides: both go on together.";
  const named = clashes.slice(0, 3).join("; ");
  return `Not possible, changed on both sides: ${named}${clashes.length > 3 ? ` and ${clashes.length - 3} more` : ""}.`;
}
