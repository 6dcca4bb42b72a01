"use client";
import { Tag } from "lucide-react";
import { useState } from "react";

/** What a save is called; Enter or leaving the field keeps it, Escape goes back. */
export function VersionName({ label, of, onName }: { label: string; of: string; onName(label: string): void }) {
  const [text, setText] = useState(label);
  const keep = () => {
    if (text.trim() !== label) onName(text.trim());
  };
  return (
    <label className="mx-2 mb-1 flex items-center gap-1.5 rounded-lg border border-line bg-well px-2 text-soft">
      <Tag aria-hidden="true" className="size-3.5 flex-none" />
      <span className="sr-only">{`Name of the version of ${of}`}</span>
      <input
        type="text"
        value={text}
        maxLength={120}
        placeholder="Name this version"
        onChange={({ target }) => setText(target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") keep();
          if (event.key !== "Escape") return;
          event.stopPropagation();
          setText(label);
        }}
        className="min-w-0 flex-1 bg-transparent py-1.5 text-ink text-xs placeholder:text-soft"
      />
    </label>
  );
}
