"use client";
import { type ReactNode, useEffect, useRef } from "react";

/** A dialog over the whole screen: what it is, what it says about itself, what can be done, and a body. Keys stay inside it. */
export function FullDialog({
  title,
  status,
  actions,
  keys,
  onHold,
  onClose,
  children,
}: {
  title: string;
  /** Read out when it changes. */
  status?: string;
  actions?: ReactNode;
  /** By key: `mod+shift+z`, `[`, `shift+[`, `x`. */
  keys?: Readonly<Record<string, () => void>>;
  /** The backslash is held, or let go. */
  onHold?(held: boolean): void;
  onClose(): void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      // Its keys work at once, and no button looks chosen.
      dialog.focus();
    }
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (ref.current?.open !== false) return;
        // A browser closes by itself when Escape is pressed twice, whatever we say; whether work is lost is still asked.
        ref.current.showModal();
        onClose();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (isBackslash(event) && !isTyping(event.target)) {
          event.preventDefault();
          if (!event.repeat) onHold?.(true);
        }
        const run = isTyping(event.target) && !event.ctrlKey && !event.metaKey ? undefined : keys?.[keyName(event)];
        // A field being typed in has its own undo.
        if (!run || (isTyping(event.target) && event.key.toLowerCase() === "z")) return;
        event.preventDefault();
        run();
      }}
      onKeyUp={(event) => {
        event.stopPropagation();
        if (isBackslash(event)) onHold?.(false);
      }}
      className="fixed inset-0 m-0 hidden h-dvh max-h-none w-screen max-w-none flex-col overflow-hidden bg-canvas p-0 text-ink outline-none open:flex"
    >
      <header className="flex min-h-13 flex-none flex-wrap items-center gap-x-4 gap-y-1 border-line border-b bg-surface px-3 py-1.5">
        <h2 className="font-semibold text-sm">{title}</h2>
        <p aria-live="polite" className="order-last w-full text-soft text-xs sm:order-none sm:w-auto sm:flex-1">
          {status}
        </p>
        <div className="ml-auto flex items-center gap-2">{actions}</div>
      </header>
      {children}
    </dialog>
  );
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && /^(text|number|search)$/.test(target.type));

/** The signs that are hard to reach on other keyboards go by the place of their key. */
const isBackslash = ({ key, code }: { key: string; code: string }): boolean => key === "\\" || code === "Backslash";
const PLACES: Readonly<Record<string, string>> = { BracketLeft: "[", BracketRight: "]" };

function keyName(event: { code: string; key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }): string {
  const key = PLACES[event.code] ?? event.key.toLowerCase();
  return `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.shiftKey ? "shift+" : ""}${key}`;
}
