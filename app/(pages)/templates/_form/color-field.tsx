"use client";
import type { AriaAttributes } from "react";
import { BOX } from "./field-look.ts";

const HEX = /^#[0-9a-f]{6}$/i;

/** A colour by eye or by its code. */
export function ColorField({
  id,
  title,
  value,
  placeholder = "#1a2b3c",
  onChange,
  ...aria
}: AriaAttributes & { id: string; title: string; value: string; placeholder?: string; onChange(value: string): void }) {
  return (
    <div className="flex gap-2">
      <input
        type="color"
        aria-label={`${title}: choose by eye`}
        value={HEX.test(value) ? value : "#888888"}
        onChange={({ target }) => onChange(target.value)}
        className="h-11 w-14 shrink-0 cursor-pointer rounded-lg border border-line bg-well p-1 sm:h-10"
      />
      <input
        id={id}
        {...aria}
        type="text"
        spellCheck={false}
        value={value}
        placeholder={placeholder}
        onChange={({ target }) => onChange(target.value)}
        className={`${BOX} font-mono`}
      />
    </div>
  );
}
