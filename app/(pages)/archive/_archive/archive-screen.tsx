"use client";
import { useCallback, useMemo, useState } from "react";
import { changeEntries } from "#lib/client/archive/entry-actions.ts";
import { countChosen, EVERYTHING, isEverything } from "#lib/client/archive/query.ts";
import { useEntries } from "#lib/client/archive/use-entries.ts";
import { useView } from "#lib/client/archive/use-view.ts";
import { sayWhy } from "#lib/client/call-api.ts";
import type { EntryCard, EntryChange } from "#lib/protocol/catalogue.ts";
import { Button } from "../../../_ui/button.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { CompareEntries } from "./compare-entries.tsx";
import { EntryView } from "./entry-view.tsx";
import { FacetPanel, FacetSheet } from "./facet-panel.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { PictureGrid } from "./picture-grid.tsx";
import { SearchBar } from "./search-bar.tsx";
import { SelectionBar } from "./selection-bar.tsx";

/** Every finished picture: searched as it is typed, narrowed by facets, edge to edge. The address holds what is looked for. */
export function ArchiveScreen({ first }: { first: string }) {
  const [view, setView] = useView(first);
  const list = useEntries(view);
  const { entries } = list;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [comparing, setComparing] = useState<readonly EntryCard[]>();
  const [filters, setFilters] = useState(false);
  const [selecting, setSelecting] = useState(false);
  const [said, setSaid] = useState("");
  const [wrong, setWrong] = useState<unknown>();

  const change = useCallback(
    async (ids: readonly string[], part: EntryChange, words: string) => {
      list.change(ids, part);
      try {
        await changeEntries(ids, part);
        setSaid(words);
        setWrong(undefined);
        if (part.deleted !== undefined || part.collection !== undefined || part.addTags || part.removeTags || part.tags)
          list.reload();
      } catch (error) {
        setWrong(error);
        list.reload();
      }
    },
    [list.change, list.reload],
  );
  const toggle = (id: string) =>
    setSelected((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const chosen = useMemo(() => entries.filter(({ id }) => selected.has(id)), [entries, selected]);
  const compare = (more?: EntryCard) => {
    const pair = [...new Map([...chosen, ...(more ? [more] : [])].map((one) => [one.id, one])).values()];
    const pictures = pair.filter(({ mediaType }) => mediaType.startsWith("image/"));
    if (pictures.length >= 2) setComparing(pictures);
    else setSaid("Select two pictures to compare them.");
  };
  const clear = () => {
    setSelected(new Set());
    setSelecting(false);
  };
  const star = (entry: EntryCard) =>
    void change([entry.id], { starred: !entry.starred }, entry.starred ? "Star taken away" : "Starred");
  const open = (entry: string | undefined) => setView({ ...view, entry });
  const empty = list.loaded && entries.length === 0 && list.error === undefined;

  return (
    <div data-wide="" className="flex min-h-[calc(100dvh-3.5rem)] flex-col">
      <SearchBar
        view={view}
        onView={setView}
        facets={list.facets}
        selecting={selecting || chosen.length > 0}
        onSelecting={(on) => {
          setSelecting(on);
          if (!on) setSelected(new Set());
        }}
        onFilters={() => setFilters(true)}
      />
      <p aria-live="polite" className="sr-only">
        {said || (list.loaded && list.facets ? `${list.facets.total} found` : "")}
      </p>
      <div className="flex flex-1 items-stretch">
        <FacetPanel view={view} onView={setView} facets={list.facets} />
        <section aria-label="Pictures" aria-busy={!list.loaded} className="min-w-0 flex-1 px-1 pb-28 sm:px-1.5">
          {(list.error ?? wrong) !== undefined && (
            <div className="p-3">
              <Notice tone="fail" title={sayWhy(list.error ?? wrong)}>
                <Button onClick={list.reload}>Try again</Button>
              </Notice>
            </div>
          )}
          {empty ? (
            <NothingHere everything={isEverything(view)} bin={view.bin} onClear={() => setView(EVERYTHING)} />
          ) : (
            <PictureGrid
              entries={entries}
              selected={selected}
              selecting={selecting || chosen.length > 0}
              more={list.more}
              onMore={list.loadMore}
              onOpen={({ id }) => open(id)}
              onSelect={({ id }) => toggle(id)}
              onStar={star}
              onCompare={compare}
              onClear={clear}
            />
          )}
        </section>
      </div>
      {chosen.length > 0 && (
        <SelectionBar entries={chosen} bin={view.bin} onChange={change} onCompare={() => compare()} onClear={clear} />
      )}
      {filters && (
        <FacetSheet
          view={view}
          onView={setView}
          facets={list.facets}
          count={countChosen(view)}
          onClose={() => setFilters(false)}
        />
      )}
      {view.entry !== undefined && (
        <EntryView
          key={view.entry}
          id={view.entry}
          entries={entries}
          onOpen={open}
          onChange={change}
          onCompare={(pair) => setComparing(pair)}
          onSearch={(next) => setView({ ...EVERYTHING, ...next })}
        />
      )}
      {comparing && <CompareEntries entries={comparing} onClose={() => setComparing(undefined)} />}
    </div>
  );
}
