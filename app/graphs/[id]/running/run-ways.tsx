"use client";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { runCommands } from "#lib/client/editor/running/commands.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

const ENTRIES = [
  "run.all",
  "run.to-here",
  "run.from-here",
  "run.only-this",
  "run.new-take",
  "run.unpin",
  "run.table",
].flatMap((id) => runCommands.find((command) => command.id === id) ?? []);

/** The ways to run that the menu offers; the first is focused when it opens. */
export function RunWays({ close }: { close(): void }) {
  const editor = useEditor();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus(), []);
  // What is possible hangs on the selection and the run.
  useEditorState(({ view }) => view.selectedNodes);
  useEditorState(({ run }) => run.view);
  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") close();
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    event.stopPropagation();
    if (by === undefined) return;
    event.preventDefault();
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + by + items.length) % items.length]?.focus();
  };
  return (
    <div
      ref={box}
      role="menu"
      tabIndex={-1}
      aria-label="Ways to run"
      onKeyDown={move}
      className="absolute top-full right-0 z-20 mt-2 w-56 rounded-xl border border-line bg-surface p-1.5 shadow-md"
    >
      {ENTRIES.map((command) => {
        const can = command.can?.(editor) ?? true;
        return (
          <button
            key={command.id}
            type="button"
            role="menuitem"
            aria-disabled={!can}
            onClick={() => {
              if (!can) return;
              close();
              void command.run(editor);
            }}
            className="block w-full rounded-lg px-2.5 py-2 text-left text-sm hover:bg-ink/8 aria-disabled:text-soft/60"
          >
            {command.title}
          </button>
        );
      })}
    </div>
  );
}
