"use client";
import { useState } from "react";

/** Longer than this a text opens on demand: a run is looked at for its pictures. */
const SHORT = 180;

/** A text a step gave: the beginning, and all of it on demand. */
export function Words({ text, title }: { text: string; title?: string }) {
  const [open, setOpen] = useState(false);
  const long = text.length > SHORT || text.split("\n").length > 2;
  return (
    <div className="max-w-[75ch] text-sm">
      {title && <p className="font-medium">{title}</p>}
      <p className={`whitespace-pre-wrap break-words text-soft ${open ? "" : "line-clamp-2"}`}>{text}</p>
      {long && (
        <button
          type="button"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          className="py-1 text-xs underline underline-offset-4"
        >
          {open ? "Show less" : "Show all"}
        </button>
      )}
    </div>
  );
}
