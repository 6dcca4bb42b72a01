"use client";
import { useCallback, useEffect, useState } from "react";
import { type ArchiveView, readView, writeView } from "./query.ts";

/** The view the address asks for, kept in it from then on. An entry that is opened is a step back can undo; all else replaces the address. */
export function useView(first: string): [ArchiveView, (next: ArchiveView) => void] {
  const [view, setView] = useState(() => readView(new URLSearchParams(first)));
  useEffect(() => {
    const back = () => setView(readView(new URLSearchParams(window.location.search)));
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);
  const go = useCallback((next: ArchiveView) => {
    setView((now) => {
      const path = `${window.location.pathname}${writeView(next)}`;
      const opens = next.entry !== undefined && now.entry === undefined;
      // React may ask twice for the next state; the address is only written when it changes.
      if (`${window.location.pathname}${window.location.search}` !== path)
        queueMicrotask(() => window.history[opens ? "pushState" : "replaceState"](null, "", path));
      return next;
    });
  }, []);
  return [view, go];
}
