"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { deleteGraph, duplicateGraph, loadMyGraphs, renameGraph, type SavedGraph } from "#lib/client/home/my-graphs.ts";
import { whyNot } from "#lib/client/home/why-not.ts";
import type { GraphActions } from "./graph-card.tsx";

/** How long a deleted graph can be had back from where it was. */
const UNDO_MS = 15_000;

type Gone = { graph: SavedGraph; restore(): Promise<void> };

/** Graphs of one's own, and those deleted a moment ago. */
export type MyGraphs = {
  graphs?: readonly SavedGraph[];
  gone: ReadonlyMap<string, Gone>;
  /** A sentence about the last thing that did not work. */
  error?: string;
  actions: GraphActions;
  undo(id: string): Promise<void>;
};

/** Loads the saved graphs, and again when the page is seen again. */
export function useMyGraphs(): MyGraphs {
  const router = useRouter();
  const [graphs, setGraphs] = useState<readonly SavedGraph[]>();
  const [gone, setGone] = useState<ReadonlyMap<string, Gone>>(new Map());
  const [error, setError] = useState<string>();
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  const load = useCallback(async () => {
    try {
      setGraphs(await loadMyGraphs());
    } catch (reason) {
      setError(`The graphs could not be loaded. ${whyNot(reason)}`);
      setGraphs((before) => before ?? []);
    }
  }, []);
  useEffect(() => {
    const running = timers.current;
    void load();
    const seen = () => document.visibilityState === "visible" && void load();
    document.addEventListener("visibilitychange", seen);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      for (const timer of running) clearTimeout(timer);
    };
  }, [load]);

  const attempt = async (failed: string, what: () => Promise<unknown>): Promise<void> => {
    setError(undefined);
    try {
      await what();
    } catch (reason) {
      setError(`${failed} ${whyNot(reason)}`);
    }
  };
  const forget = (id: string) => setGone((before) => new Map([...before].filter(([known]) => known !== id)));
  const remove = (id: string) =>
    attempt("The graph could not be deleted.", async () => {
      const graph = graphs?.find((one) => one.id === id);
      const restore = await deleteGraph(id);
      if (graph) setGone((before) => new Map(before).set(id, { graph, restore }));
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        forget(id);
        setGraphs((before) => before?.filter((one) => one.id !== id));
      }, UNDO_MS);
      timers.current.add(timer);
    });
  return {
    // A deleted one keeps its place for a moment, also when the list has been read again since.
    graphs: graphs && withGone(graphs, gone),
    gone,
    error,
    actions: {
      remove,
      rename: (id, name) =>
        attempt("The name could not be changed.", async () => {
          await renameGraph(id, name);
          await load();
        }),
      duplicate: (id) =>
        attempt("The graph could not be copied.", async () =>
          router.push(`/graphs/${encodeURIComponent(await duplicateGraph(id))}`),
        ),
    },
    undo: (id) =>
      attempt("The graph could not be brought back.", async () => {
        await gone.get(id)?.restore();
        forget(id);
        await load();
      }),
  };
}

const withGone = (graphs: readonly SavedGraph[], gone: ReadonlyMap<string, Gone>): SavedGraph[] => {
  const missing = [...gone.values()].map(({ graph }) => graph).filter(({ id }) => !graphs.some((one) => one.id === id));
  return [...graphs, ...missing].sort((a, b) => b.updatedAt - a.updatedAt || a.id.localeCompare(b.id));
};
