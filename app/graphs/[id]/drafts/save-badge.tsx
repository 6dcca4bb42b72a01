"use client";
import { Check, CloudOff, GitFork, HardDrive, LoaderCircle, Lock, type LucideIcon } from "lucide-react";
import { type BadgeWords, badgeWords } from "#lib/client/editor/drafts/badge-words.ts";
import { openDialog, setView } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

const SIGNS: Record<BadgeWords["sign"], { Icon: LucideIcon; look: string }> = {
  saved: { Icon: Check, look: "text-soft" },
  saving: { Icon: LoaderCircle, look: "text-soft" },
  local: { Icon: HardDrive, look: "text-soft" },
  offline: { Icon: CloudOff, look: "text-hold" },
  conflict: { Icon: GitFork, look: "text-hold" },
  locked: { Icon: Lock, look: "text-soft" },
};

/** How safe the document is, always in words; a click leads to its versions, or to the choice between two. */
export function SaveBadge() {
  const editor = useEditor();
  const save = useEditorState((state) => state.save);
  const touched = useEditorState(({ history }) => history.past.length + history.future.length > 0);
  const { sign, words, details } = badgeWords(save, touched, Date.now());
  const { Icon, look } = SIGNS[sign];
  return (
    <button
      type="button"
      title={details}
      data-save={save.state}
      onClick={() =>
        sign === "conflict" ? openDialog(editor, { kind: "conflict" }) : setView(editor, { panel: "versions" })
      }
      className={`flex min-h-7 items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 text-xs hover:bg-ink/8 hover:text-ink ${look}`}
    >
      <Icon aria-hidden="true" className={`size-3.5 shrink-0 ${sign === "saving" ? "animate-spin" : ""}`} />
      {/* On a phone the sign stands alone; what needs a person says so in a line of its own. */}
      <span className="max-sm:sr-only">{words}</span>
      <span className="sr-only">. {details}</span>
    </button>
  );
}
