"use client";
import { X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { dismiss, type Notice, noticesOf } from "#lib/client/editor/habits/notices.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";

/** How long good news stays. What failed stays until it is put away. */
const STAYS_MS = 6000;

/** Sentences over the canvas about what was dropped, pasted and copied; read out by the editor's live region. */
export function Notices() {
  const notices = useStore(noticesOf(useEditor()));
  if (notices.length === 0) return null;
  return (
    <ul
      aria-label="Notices"
      className="pointer-events-none absolute bottom-20 left-1/2 z-30 flex w-96 max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-col gap-2"
    >
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </ul>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  const editor = useEditor();
  const { id, text, tone } = notice;
  useEffect(() => {
    if (tone === "fail") return;
    const timer = setTimeout(() => dismiss(editor, id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [editor, id, tone]);
  return (
    <li
      className={`pointer-events-auto flex animate-appear items-start gap-2 rounded-xl border border-line border-l-4 bg-surface px-3 py-2 text-sm shadow-sm ${tone === "fail" ? "border-l-fail" : "border-l-line"}`}
    >
      <p className="min-w-0 flex-1 break-words">{text}</p>
      <button
        type="button"
        aria-label="Put this notice away"
        onClick={() => dismiss(editor, id)}
        className="rounded-md p-1 text-soft hover:bg-ink/8 hover:text-ink"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </li>
  );
}
