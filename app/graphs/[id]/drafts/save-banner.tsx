"use client";
import { CloudOff, GitFork, HardDrive, type LucideIcon, TriangleAlert, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { keeperOf } from "#lib/client/editor/drafts/keeper-of.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

/** One line under the strip when the document is not as safe as it should be, with what can be done about it. */
export function SaveBanner() {
  const editor = useEditor();
  const { state, message, unkept } = useEditorState(({ save }) => save);
  const [seen, setSeen] = useState<string>();
  if (state === "conflict")
    return (
      <Line
        Icon={GitFork}
        tone="text-hold"
        text="This graph was changed in another tab or by somebody else. Your version is kept."
      >
        <Act onClick={() => openDialog(editor, { kind: "conflict" })}>Compare and choose</Act>
      </Line>
    );
  if (state === "offline")
    return (
      <Line
        Icon={CloudOff}
        tone="text-hold"
        text={`${message ?? "The server does not answer."} ${unkept ?? "Your changes are kept in this browser and saved as soon as it is back."}`}
      >
        <Act onClick={() => void keeperOf(editor).then((keeper) => keeper.save())}>Try now</Act>
      </Line>
    );
  const said = message ?? unkept;
  if (said === undefined || said === seen) return null;
  return (
    <Line
      Icon={message === undefined ? HardDrive : TriangleAlert}
      tone="text-hold"
      text={message === undefined ? said : `Not saved: ${said}`}
    >
      <button
        type="button"
        onClick={() => setSeen(said)}
        className="rounded-md p-1.5 text-soft hover:bg-ink/8 hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
        <span className="sr-only">Close this message</span>
      </button>
    </Line>
  );
}

function Line({ Icon, tone, text, children }: { Icon: LucideIcon; tone: string; text: string; children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-16 z-10 flex justify-center pr-3 pl-17 max-sm:top-auto max-sm:bottom-20 max-sm:pl-3">
      <p
        role="status"
        className="pointer-events-auto flex max-w-2xl animate-appear items-center gap-2.5 rounded-xl border border-line bg-surface py-1.5 pr-1.5 pl-3 text-sm shadow-sm"
      >
        <Icon aria-hidden="true" className={`size-4 shrink-0 ${tone}`} />
        <span>{text}</span>
        {children}
      </p>
    </div>
  );
}

function Act({ onClick, children }: { onClick(): void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="shrink-0 rounded-lg border border-line px-2.5 py-1 font-medium text-sm hover:bg-ink/8"
    >
      {children}
    </button>
  );
}
