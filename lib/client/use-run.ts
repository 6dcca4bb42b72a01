"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { EventBody, type RunEvent } from "../protocol/events.ts";
import type { RunDocument } from "../protocol/run.ts";
import { callApi } from "./call-api.ts";
import { type RunSource, type RunView, watchRun } from "./watch-run.ts";

const EVENT_TYPES = EventBody.options.map((option) => option.shape.type.value);

/** A run as the API serves it. */
export const browserSource = (runId: string): RunSource => ({
  load: () => callApi<RunDocument>(`/api/runs/${encodeURIComponent(runId)}`),
  open(after, on) {
    const stream = new EventSource(`/api/runs/${encodeURIComponent(runId)}/events?after=${after}`);
    for (const type of EVENT_TYPES)
      stream.addEventListener(type, ({ data }) => on.event(JSON.parse(data as string) as RunEvent));
    stream.addEventListener("open", on.opened);
    // Closed and opened by us with the last sequence number known here, whatever the browser would do by itself.
    stream.addEventListener("error", on.broken);
    return () => stream.close();
  },
  later(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
});

/** A run, live. `refresh` looks again, after something was asked of the server. */
export function useRun(runId: string): { view?: RunView; error?: unknown; refresh(): void } {
  const [view, setView] = useState<RunView>();
  const [error, setError] = useState<unknown>();
  const watch = useRef<ReturnType<typeof watchRun>>(undefined);
  useEffect(() => {
    const started = watchRun(browserSource(runId), {
      view: (next) => {
        setView(next);
        setError(undefined);
      },
      failed: setError,
    });
    watch.current = started;
    // A laptop that slept or a phone that locked may have missed that its stream died.
    const again = () => {
      if (document.visibilityState === "visible") void started.refresh();
    };
    document.addEventListener("visibilitychange", again);
    return () => {
      document.removeEventListener("visibilitychange", again);
      started.close();
    };
  }, [runId]);
  return { view, error, refresh: useCallback(() => void watch.current?.refresh(), []) };
}
