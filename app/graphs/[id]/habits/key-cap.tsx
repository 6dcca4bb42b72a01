"use client";
import { keyForPeople } from "#lib/client/editor/habits/key-map.ts";
import { onMac } from "#lib/client/editor/habits/key-store.ts";

/** A key as it is printed on the keyboard. */
export function KeyCap({ name }: { name: string }) {
  return (
    <kbd className="whitespace-nowrap rounded-md border border-line bg-well px-1.5 py-0.5 font-sans text-soft text-xs">
      {keyForPeople(name, onMac())}
    </kbd>
  );
}
