"use client";
import { useEffect, useRef, useState } from "react";

/** A name being written over the old one: Enter or leaving saves, Escape keeps the old one. */
export function NameField({ name, onName, onKeep }: { name: string; onName(name: string): void; onKeep(): void }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(name);
  useEffect(() => field.current?.select(), []);
  const settle = () => {
    const wanted = text.trim();
    if (wanted === "" || wanted === name) onKeep();
    else onName(wanted);
  };
  return (
    <input
      ref={field}
      aria-label={`New name of ${name}`}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") settle();
        if (event.key === "Escape") onKeep();
      }}
      className="relative mt-1 w-full rounded-md border border-line bg-surface px-2 py-0.5 font-semibold text-[15px] leading-snug"
    />
  );
}
