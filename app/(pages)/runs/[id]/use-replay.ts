"use client";
import { useEffect, useState } from "react";
import { createReplay, type Replay } from "#lib/client/replay.ts";
import { browserSource } from "#lib/client/use-run.ts";
import type { RunEvent } from "#lib/protocol/events.ts";

/** Events that arrive together are shown together (ms). */
const TOGETHER_MS = 100;

/** Every stored event of a run from its first one on, and those that come; undefined until the first have arrived. */
export function useReplay(runId: string, wanted: boolean): Replay | undefined {
  const [replay, setReplay] = useState<Replay>();
  useEffect(() => {
    if (!wanted) return;
    const events: RunEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      setReplay(createReplay([...events]));
    };
    let close = browserSource(runId).open(0, {
      event(event) {
        if (event.seq === undefined) return;
        events.push(event);
        timer ??= setTimeout(show, TOGETHER_MS);
      },
      opened() {},
      // It ends with the run; asked to open again it would only say everything once more.
      broken: () => close(),
    });
    return () => {
      clearTimeout(timer);
      close();
      close = () => {};
    };
  }, [runId, wanted]);
  return replay;
}
