"use client";
import { useEffect, useRef, useState } from "react";
import type { ShownStep } from "#lib/client/run-steps.ts";
import type { RunStatus } from "#lib/protocol/run.ts";

/** Tells a screen reader what just changed: each step that settles, and how the run ended. */
export function LiveRegion({ steps, status }: { steps: readonly ShownStep[]; status: RunStatus }) {
  const known = useRef<Map<string, string>>(undefined);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const states = new Map([
      ...steps.map((s) => [s.title, s.step?.state ?? "idle"] as const),
      ["Run", status] as const,
    ]);
    const news = [...states].filter(
      ([title, state]) => known.current && known.current.get(title) !== state && state !== "queued",
    );
    known.current = states;
    if (news.length > 0) setSaid(news.map(([title, state]) => `${title}: ${state.replace("_", " ")}`).join(". "));
  }, [steps, status]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
