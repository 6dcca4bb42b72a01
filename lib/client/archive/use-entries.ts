"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { CataloguePage, EntryCard, EntryChange, Facets } from "../../protocol/catalogue.ts";
import { callApi } from "../call-api.ts";
import { type ArchiveView, facetsPath, listPath } from "./query.ts";

type State = { path: string; entries: readonly EntryCard[]; next?: string; loaded: boolean; error?: unknown };

export type Entries = {
  entries: readonly EntryCard[];
  /** The list of this very view is there; until then the one before is shown. */
  loaded: boolean;
  more: boolean;
  error?: unknown;
  facets?: Facets;
  loadMore(): void;
  reload(): void;
  /** Shows a change at once that was sent to the server. */
  change(ids: readonly string[], change: EntryChange): void;
};

/** How long typing may pause before it is searched for (ms). */
const PAUSE_MS = 140;

/** The entries of a view, a page after the other, and what they spread over. A list that was overtaken by the next one is dropped. */
export function useEntries(view: ArchiveView): Entries {
  const path = listPath(view);
  const counts = facetsPath(view);
  const [state, setState] = useState<State>({ path: "", entries: [], loaded: false });
  const [facets, setFacets] = useState<Facets>();
  const [turn, setTurn] = useState(0);
  const busy = useRef(false);
  const started = useRef(false);

  useEffect(() => {
    let wanted = true;
    const wait = started.current ? PAUSE_MS : 0;
    started.current = true;
    const timer = setTimeout(() => {
      callApi<CataloguePage>(path).then(
        ({ entries, next }) => wanted && setState({ path, entries, next, loaded: true }),
        (error: unknown) => wanted && setState((now) => ({ ...now, path, loaded: true, error })),
      );
      callApi<Facets>(counts).then(
        (found) => wanted && setFacets(found),
        () => {},
      );
    }, wait);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [path, counts, turn]);

  const { next } = state;
  const loadMore = useCallback(() => {
    if (next === undefined || busy.current) return;
    busy.current = true;
    callApi<CataloguePage>(`${path}&${new URLSearchParams({ before: next })}`)
      .then(
        (page) =>
          setState((now) => {
            if (now.path !== path || now.next !== next) return now;
            const known = new Set(now.entries.map(({ id }) => id));
            return {
              ...now,
              entries: [...now.entries, ...page.entries.filter(({ id }) => !known.has(id))],
              next: page.next,
            };
          }),
        (error: unknown) => setState((now) => (now.path === path ? { ...now, error } : now)),
      )
      .finally(() => {
        busy.current = false;
      });
  }, [path, next]);

  return {
    entries: state.entries,
    loaded: state.loaded && state.path === path,
    more: state.next !== undefined,
    error: state.error,
    facets,
    loadMore,
    reload: useCallback(() => setTurn((n) => n + 1), []),
    change: useCallback((ids, change) => {
      const wanted = new Set(ids);
      setState((now) => ({
        ...now,
        entries: now.entries.map((entry) => (wanted.has(entry.id) ? changed(entry, change) : entry)),
      }));
    }, []),
  };
}

/** An entry as it will be after a change. */
export function changed(entry: EntryCard, change: EntryChange): EntryCard {
  const { title, alt, tags, addTags = [], removeTags = [], collection, starred } = change;
  const away = new Set(removeTags);
  return {
    ...entry,
    ...(title === undefined ? {} : { title: title ?? undefined }),
    ...(alt === undefined ? {} : { alt: alt ?? undefined }),
    ...(collection === undefined ? {} : { collection: collection ?? undefined }),
    ...(starred === undefined ? {} : { starred }),
    tags: [...new Set([...(tags ?? entry.tags), ...addTags])].filter((tag) => !away.has(tag)),
  };
}
