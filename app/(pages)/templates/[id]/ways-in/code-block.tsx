"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";

/** Lines to be copied as they are. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2500);
    } catch {
      prompt(label, text);
    }
  };
  return (
    <div className="min-w-0 rounded-xl border border-line bg-well">
      <div className="flex items-center justify-between gap-3 border-line border-b py-1 pr-1 pl-4">
        <span className="text-soft text-xs">{label}</span>
        <button
          type="button"
          onClick={() => void copy()}
          aria-label={`Copy: ${label}`}
          className="inline-flex min-h-9 items-center gap-1.5 rounded-lg px-2.5 text-soft text-xs hover:bg-ink/8 hover:text-ink"
        >
          {copied ? (
            <Check aria-hidden="true" className="size-3.5" />
          ) : (
            <Copy aria-hidden="true" className="size-3.5" />
          )}
          <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section tabIndex={0} aria-label={label} className="overflow-x-auto px-4 py-3">
        <pre className="font-mono text-xs leading-relaxed">{text}</pre>
      </section>
    </div>
  );
}
