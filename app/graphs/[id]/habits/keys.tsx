"use client";
import { useEffect } from "react";
import { COMMANDS } from "#lib/client/editor/commands.ts";
import { CLIPBOARD_EVENTS, copySelection, cutSelection } from "#lib/client/editor/habits/clipboard-commands.ts";
import { commandFor, nameOfPress } from "#lib/client/editor/habits/key-map.ts";
import { keyStore, onMac } from "#lib/client/editor/habits/key-store.ts";
import { rememberPointer } from "#lib/client/editor/habits/pointer.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { isCard, isTyping, placeOf } from "./key-place.ts";
import { Notices } from "./notices.tsx";
import { useFiles } from "./use-files.tsx";
import { useMenus } from "./use-menus.ts";

/** How long after Ctrl+Shift+V the browser may take to bring its clipboard. */
const PASTE_MS = 200;

/** Listens to keys, the clipboard, dropped files and right clicks, and shows what came of them. */
export function Keys() {
  useKeys();
  useClipboard();
  useMenus();
  const dropping = useFiles();
  return (
    <>
      {dropping && (
        <div className="pointer-events-none absolute inset-3 z-30 grid place-items-center rounded-2xl border-2 border-brand border-dashed">
          <p className="rounded-xl bg-surface px-4 py-2 text-sm shadow-sm">
            Drop pictures or a graph here. With Alt, a graph’s nodes come into this one.
          </p>
        </div>
      )}
      <Notices />
    </>
  );
}

function useKeys() {
  const editor = useEditor();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // React Flow moves the selected card by any arrow key, whatever is held, and takes a card out of the selection by Enter with a
      // modifier; presses that mean more here come first.
      const more = event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey);
      const first = isCard(event.target) && (event.key.startsWith("Arrow") || more);
      if ((event.eventPhase === Event.CAPTURING_PHASE) !== first) return;
      const name = nameOfPress(event, onMac());
      if (name === undefined) return;
      const place = placeOf(event.target, name, editor);
      const command = commandFor(editor, name, place, COMMANDS, keyStore().getState());
      // The browser answers these keys with an event that carries the clipboard: see useClipboard.
      if (!command || CLIPBOARD_EVENTS[command.id] === name) return;
      event.preventDefault();
      if (first) event.stopPropagation();
      void command.run(editor);
    };
    const onMove = (event: PointerEvent) => {
      const over = event.target instanceof Element && event.target.closest(".react-flow") !== null;
      if (event.pointerType !== "touch")
        rememberPointer(editor, over ? { x: event.clientX, y: event.clientY } : undefined);
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("pointermove", onMove, { passive: true });
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("pointermove", onMove);
    };
  }, [editor]);
}

function useClipboard() {
  const editor = useEditor();
  useEffect(() => {
    let linked = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ours = (event: ClipboardEvent) =>
      !event.defaultPrevented && !isTyping(event.target) && editor.getState().view.dialog === undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      linked = CLIPBOARD_EVENTS["edit.paste-linked"] === nameOfPress(event, onMac());
      if (!linked || isTyping(event.target) || editor.getState().view.dialog) return;
      // Browsers that know no Ctrl+Shift+V send no event: the command reads the clipboard itself then.
      timer = setTimeout(() => void COMMANDS.find(({ id }) => id === "edit.paste-linked")?.run(editor), PASTE_MS);
    };
    const onCopy = (event: ClipboardEvent) => {
      if (!ours(event) || getSelection()?.isCollapsed === false) return;
      const text = event.type === "cut" ? cutSelection(editor) : copySelection(editor);
      if (text === undefined) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
    };
    const onPaste = async (event: ClipboardEvent) => {
      clearTimeout(timer);
      if (!ours(event)) return;
      event.preventDefault();
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (files.length === 0) {
        const links = linked;
        const { pasteText } = await import("#lib/client/editor/habits/paste-text.ts");
        pasteText(editor, text, { links });
        return;
      }
      const [{ takeInFiles }, { placeForNew }] = await Promise.all([
        import("#lib/client/editor/habits/take-in-files.ts"),
        import("#lib/client/editor/habits/pointer.ts"),
      ]);
      const [onto, ...more] = editor.getState().view.selectedNodes;
      await takeInFiles(editor, files, {
        at: placeForNew(editor).canvas,
        onto: more.length === 0 ? onto : undefined,
        insert: linked,
      });
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [editor]);
}
