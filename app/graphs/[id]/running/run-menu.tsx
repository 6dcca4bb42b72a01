"use client";
import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";

const RunWays = dynamic(() => import("./run-ways.tsx").then((part) => part.RunWays));

/** Other ways to run, for what is selected. */
export function RunMenu() {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, [open]);
  const close = () => {
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  return (
    <div ref={box} className="relative">
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label="More ways to run"
        title="More ways to run"
        onClick={() => setOpen(!open)}
        className="rounded-lg p-2 text-soft hover:bg-ink/8 hover:text-ink"
      >
        <ChevronDown aria-hidden="true" className="size-4.5" />
      </button>
      {open && <RunWays close={close} />}
    </div>
  );
}
