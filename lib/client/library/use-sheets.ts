"use client";
import { useEffect, useState } from "react";
import type { SheetList } from "../../protocol/library.ts";
import { callApi } from "../call-api.ts";

/** A moment of quiet before a typed search is asked (ms). */
const QUIET_MS = 200;

export type SheetSearch = { q: string; tag: string; archived: boolean };

/** The library by words and tag, the last changed first; the list that was known stays while the next one comes. */
export function useSheets({ q, tag, archived }: SheetSearch): { list?: SheetList; error?: unknown; reload(): void } {
  const [state, setState] = useState<{ list?: SheetList; error?: unknown }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const query = new URLSearchParams({ limit: "200", archived: String(archived) });
    if (q.trim() !== "") query.set("q", q.trim());
    if (tag !== "") query.set("tag", tag);
    let wanted = true;
    const timer = setTimeout(
      () =>
        callApi<SheetList>(`/api/sheets?${query}`).then(
          (list) => wanted && setState({ list }),
          (error: unknown) => wanted && setState({ error }),
        ),
      q === "" || turn > 0 ? 0 : QUIET_MS,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q, tag, archived, turn]);
  return { ...state, reload: () => setTurn((n) => n + 1) };
}
