"use client";
import { useCallback, useEffect, useState } from "react";
import { callApi } from "#lib/client/call-api.ts";
import { RESTING } from "#lib/client/watch-run.ts";
import type { RunList, RunSummary } from "#lib/protocol/http.ts";

const PAGE = 20;
/** How often the list is looked at while something moves, and while nothing does (ms). */
const BUSY_MS = 2_000;
const CALM_MS = 15_000;

/** The newest runs, of one graph or of all, looked at again and again and whenever `news` changes. `more` brings older ones. */
export function useRunList(
  graphId: string | undefined,
  news: string,
): { runs?: readonly RunSummary[]; error?: unknown; more?(): void; reload(): void } {
  const [limit, setLimit] = useState(PAGE);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ of?: string; list?: RunList; error?: unknown }>({});
  // `news` and `turn` only say that it is time to look again.
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const of = graphId === undefined ? "" : `&graphId=${encodeURIComponent(graphId)}`;
      let next = CALM_MS;
      try {
        const list = await callApi<RunList>(`/api/runs?limit=${limit}${of}`);
        if (!wanted) return;
        setState({ of: graphId, list });
        if (list.runs.some(({ status }) => !RESTING.has(status) && status !== "waiting")) next = BUSY_MS;
      } catch (error) {
        if (wanted) setState((before) => ({ ...before, error }));
      }
      if (wanted) timer = setTimeout(look, next);
    };
    void look();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [graphId, limit, news, turn]);
  const list = state.of === graphId ? state.list : undefined;
  return {
    runs: list?.runs,
    error: state.error,
    more: list?.next !== undefined && limit < 200 ? () => setLimit(Math.min(200, limit + PAGE)) : undefined,
    reload: useCallback(() => setTurn((n) => n + 1), []),
  };
}
