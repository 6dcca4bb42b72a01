"use client";
import { X } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { Command, CommandGroup } from "#lib/client/editor/command.ts";
import { COMMANDS } from "#lib/client/editor/commands.ts";
import { conflicts, keyForPeople, keysOf, nameOfPress } from "#lib/client/editor/habits/key-map.ts";
import { keyStore, onMac, resetKeys, setKeys } from "#lib/client/editor/habits/key-store.ts";
import { COMMAND_GROUPS } from "#lib/client/editor/habits/palette.ts";
import type { DialogProps } from "../dialogs.tsx";
import { KeyCap } from "./key-cap.tsx";
import { Popup } from "./popup.tsx";

const GESTURES: readonly [string, string][] = [
  ["Tab, then Tab again", "Leaves the canvas for the buttons around it"],
  ["Arrow keys", "Move the selected node; with Ctrl or Alt they walk to the next node"],
  ["Alt while dropping a graph", "Puts its nodes here instead of opening it"],
  ["Drop on a wire", "Inserts the node; Alt suppresses it"],
];

/** Every command with its keys, which can be given anew. */
export default function KeysDialog({ close }: DialogProps<"keys">) {
  const changes = useStore(keyStore());
  const [asking, setAsking] = useState<string>();
  const clashes = conflicts(COMMANDS, changes);
  const titles = new Map(COMMANDS.map(({ id, title }) => [id, title]));
  return (
    <Popup label="Keys" at="top" size={{ width: 640, height: 680 }} close={close}>
      <div className="flex items-center justify-between gap-3 border-line border-b px-4 py-2.5">
        <h2 className="font-semibold text-sm">Keys</h2>
        <div className="flex items-center gap-2">
          <button
            type="button"
            onClick={resetKeys}
            disabled={Object.keys(changes).length === 0}
            className="rounded-lg border border-line px-2.5 py-1 text-xs hover:bg-ink/8 disabled:opacity-50"
          >
            Reset all keys
          </button>
          <button type="button" aria-label="Close" onClick={close} className="rounded-lg p-1.5 hover:bg-ink/8">
            <X aria-hidden="true" className="size-4" />
          </button>
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <section aria-label="All keys" tabIndex={0} className="min-h-0 overflow-y-auto px-4 pb-4">
        {(Object.keys(COMMAND_GROUPS) as CommandGroup[]).map((group) => {
          const commands = COMMANDS.filter((command) => command.group === group);
          if (commands.length === 0) return null;
          return (
            <table key={group} className="mt-4 w-full border-collapse text-sm">
              <caption className="pb-1 text-left font-medium text-soft text-xs">{COMMAND_GROUPS[group]}</caption>
              <tbody>
                {commands.map((command) => (
                  <KeyRow
                    key={command.id}
                    command={command}
                    keys={keysOf(command, changes)}
                    changed={changes[command.id] !== undefined}
                    asking={asking === command.id}
                    ask={(on) => setAsking(on ? command.id : undefined)}
                    clash={keysOf(command, changes).flatMap((key) =>
                      (clashes.get(key) ?? [])
                        .filter((id) => id !== command.id)
                        .map((id) => `${keyForPeople(key, onMac())} also means ${titles.get(id) ?? id}`),
                    )}
                  />
                ))}
              </tbody>
            </table>
          );
        })}
        <table className="mt-4 w-full border-collapse text-sm">
          <caption className="pb-1 text-left font-medium text-soft text-xs">Gestures</caption>
          <tbody>
            {GESTURES.map(([gesture, meaning]) => (
              <tr key={gesture} className="border-line border-t">
                <th scope="row" className="w-2/5 py-1.5 pr-3 text-left font-normal">
                  {gesture}
                </th>
                <td className="py-1.5 text-soft">{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Popup>
  );
}

function KeyRow({
  command,
  keys,
  changed,
  asking,
  ask,
  clash,
}: {
  command: Command;
  keys: readonly string[];
  changed: boolean;
  asking: boolean;
  ask(on: boolean): void;
  clash: readonly string[];
}) {
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal">
        {command.title}
        {clash.map((sentence) => (
          <span key={sentence} className="block text-hold text-xs">
            {sentence}
          </span>
        ))}
      </th>
      <td className="py-1.5 text-right">
        <span className="inline-flex flex-wrap items-center justify-end gap-1.5">
          {!asking && keys.map((key) => <KeyCap key={key} name={key} />)}
          <button
            type="button"
            aria-label={
              asking
                ? `Press the new keys for ${command.title}`
                : `${keys.length === 0 ? "Set" : "Change"} the keys of ${command.title}`
            }
            aria-pressed={asking}
            onClick={() => ask(!asking)}
            onBlur={() => asking && ask(false)}
            onKeyDown={(event) => {
              if (!asking || event.key === "Tab") return;
              event.preventDefault();
              event.stopPropagation();
              const name = nameOfPress(event.nativeEvent, onMac());
              if (name === undefined) return;
              if (name !== "escape") setKeys(command.id, [name]);
              ask(false);
            }}
            className="rounded-md px-1.5 py-0.5 text-soft text-xs hover:bg-ink/8 hover:text-ink aria-pressed:bg-brand aria-pressed:text-on-brand"
          >
            {asking ? "Press the new keys" : keys.length === 0 ? "Set" : "Change"}
          </button>
          {keys.length > 0 && asking === false && (
            <button
              type="button"
              aria-label={`Clear the keys of ${command.title}`}
              onClick={() => setKeys(command.id, [])}
              className="rounded-md px-1 py-0.5 text-soft text-xs hover:bg-ink/8 hover:text-ink"
            >
              Clear
            </button>
          )}
          {changed && (
            <button
              type="button"
              aria-label={`Reset the keys of ${command.title}`}
              onClick={() => setKeys(command.id, undefined)}
              className="rounded-md px-1 py-0.5 text-soft text-xs hover:bg-ink/8 hover:text-ink"
            >
              Reset
            </button>
          )}
        </span>
      </td>
    </tr>
  );
}
