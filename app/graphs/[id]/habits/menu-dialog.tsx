"use client";
import { type KeyboardEvent, useMemo, useRef } from "react";
import type { Command } from "#lib/client/editor/command.ts";
import { COMMANDS } from "#lib/client/editor/commands.ts";
import { keysOf } from "#lib/client/editor/habits/key-map.ts";
import { keyStore } from "#lib/client/editor/habits/key-store.ts";
import { menuItems } from "#lib/client/editor/habits/menu-items.ts";
import { nameOf } from "#lib/client/editor/habits/pointer.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { count } from "#lib/client/words.ts";
import type { DialogProps } from "../dialogs.tsx";
import { KeyCap } from "./key-cap.tsx";
import { Popup } from "./popup.tsx";

/** What can be done with what is selected: at the mouse, or at the node by the menu key. */
export default function MenuDialog({ dialog, close }: DialogProps<"menu">) {
  const editor = useEditor();
  const menu = useRef<HTMLDivElement>(null);
  const blocks = useMemo(() => menuItems(editor, COMMANDS, dialog.on), [editor, dialog.on]);
  const { selectedNodes } = editor.getState().view;
  const label =
    dialog.on === "node" && selectedNodes.size === 1
      ? nameOf(editor, [...selectedNodes][0] ?? "")
      : dialog.on === "node"
        ? count(selectedNodes.size, "node")
        : dialog.on === "edge"
          ? "Wire"
          : "Canvas";
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(event.target as HTMLElement);
    const letter = event.key.length === 1 && /\S/.test(event.key) && !event.ctrlKey && !event.metaKey;
    const goal =
      event.key === "ArrowDown"
        ? all[(at + 1) % all.length]
        : event.key === "ArrowUp"
          ? all.at(at <= 0 ? -1 : at - 1)
          : event.key === "Home"
            ? all[0]
            : event.key === "End"
              ? all.at(-1)
              : letter
                ? [...all.slice(at + 1), ...all].find((item) =>
                    item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()),
                  )
                : undefined;
    if (event.key === "Tab") close();
    else if (!goal && !letter) return;
    goal?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  const height = blocks.reduce((sum, block) => sum + block.length * 32 + 9, 40);
  return (
    <Popup label={label} at={dialog.screen} size={{ width: 250, height }} close={close}>
      <p className="truncate border-line border-b px-3 py-2 font-medium text-soft text-xs">{label}</p>
      <div
        ref={menu}
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={onKeyDown}
        className="overflow-y-auto p-1"
      >
        {blocks.map((block, index) => (
          <Block key={block[0]?.id} commands={block} first={index === 0} close={close} />
        ))}
        {blocks.length === 0 && <p className="px-2 py-3 text-soft text-sm">Nothing can be done here just now.</p>}
      </div>
    </Popup>
  );
}

function Block({ commands, first, close }: { commands: readonly Command[]; first: boolean; close(): void }) {
  const editor = useEditor();
  const run = (command: Command) => {
    close();
    // Focus goes back to the canvas first: the command may look at it, or move it.
    requestAnimationFrame(() => void command.run(editor));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a menu is no fieldset.
    <div role="group" className={first ? "" : "mt-1 border-line border-t pt-1"}>
      {commands.map((command, index) => {
        const key = keysOf(command, keyStore().getState())[0];
        return (
          <button
            key={command.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            // biome-ignore lint/a11y/noAutofocus: a menu takes the keyboard when it opens.
            autoFocus={first && index === 0}
            onPointerEnter={(event) => event.currentTarget.focus({ preventScroll: true })}
            onClick={() => run(command)}
            className="flex h-8 w-full items-center justify-between gap-4 rounded-lg px-2 text-left text-sm outline-none focus:bg-ink/10"
          >
            <span className="truncate">{command.title}</span>
            {key && <KeyCap name={key} />}
          </button>
        );
      })}
    </div>
  );
}
