"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { justify, stepFrom } from "#lib/client/archive/justify.ts";
import type { EntryCard } from "#lib/protocol/catalogue.ts";
import { PictureCard } from "./picture-card.tsx";

/** Space between pictures (pixels). */
const GAP = 4;
/** Rows that are drawn above and below what is seen. */
const AROUND = 4;
/** So many rows from the end the next page is fetched. */
const AHEAD = 6;

type Doing = (entry: EntryCard) => void;

/**
 * Pictures edge to edge in rows of one height, every one in its true aspect; only rows in sight are drawn. Arrows move, Enter opens, S stars, X selects,
 * C compares, Escape lets the selection go. One picture is in the order of Tab.
 */
export function PictureGrid({
  entries,
  selected,
  selecting,
  more,
  onMore,
  onOpen,
  onSelect,
  onStar,
  onCompare,
  onClear,
}: {
  entries: readonly EntryCard[];
  selected: ReadonlySet<string>;
  /** A click selects instead of opening. */
  selecting: boolean;
  more: boolean;
  onMore(): void;
  onOpen: Doing;
  onSelect: Doing;
  onStar: Doing;
  onCompare(entry?: EntryCard): void;
  onClear(): void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [top, setTop] = useState(0);
  const [at, setAt] = useState(0);
  const moved = useRef(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      setWidth(element.clientWidth);
      setTop(element.getBoundingClientRect().top + window.scrollY);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const rows = useMemo(
    () => (width > 0 ? justify(entries, { width, wished: width < 600 ? 150 : 230, gap: GAP }) : []),
    [entries, width],
  );
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.height ?? 0) + GAP,
    overscan: AROUND,
    scrollMargin: top,
  });
  // Heights follow from the width: all of them are known, none needs to be measured.
  useLayoutEffect(() => {
    if (rows.length >= 0) virtual.measure();
  }, [rows, virtual]);
  const seen = virtual.getVirtualItems();
  const lastSeen = seen.at(-1)?.index ?? -1;
  useEffect(() => {
    if (more && rows.length > 0 && lastSeen >= rows.length - AHEAD) onMore();
  }, [more, lastSeen, rows.length, onMore]);

  const focused = Math.min(at, Math.max(0, entries.length - 1));
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const row = rows.findIndex(({ items }) => items.some(({ index }) => index === focused));
    if (row >= 0) virtual.scrollToIndex(row, { align: "auto" });
    // The row may only be drawn after it was scrolled to.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        box.current?.querySelector<HTMLElement>(`[data-index="${focused}"]`)?.focus({ preventScroll: true }),
      ),
    );
  }, [focused, rows, virtual]);

  const keys = (event: KeyboardEvent) => {
    const entry = entries[focused];
    if (!entry || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" } as const;
    const arrow = arrows[event.key as keyof typeof arrows];
    const go = (index: number | undefined) => {
      if (index === undefined) return;
      moved.current = true;
      setAt(index);
    };
    if (arrow) go(stepFrom(rows, focused, arrow));
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(entries.length - 1);
    else if (event.key === "s") onStar(entry);
    else if (event.key === "x" || event.key === " ") onSelect(entry);
    else if (event.key === "c") onCompare(entry);
    else if (event.key === "Escape") onClear();
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the pictures inside, which are buttons.
    <div ref={box} onKeyDown={keys} className="pt-1">
      <ul aria-label="Archived pictures" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {seen.flatMap(({ index, start }) => {
          const row = rows[index];
          if (!row) return [];
          let left = 0;
          return row.items.map(({ item, index: place, width: wide }) => {
            const x = left;
            left += wide + GAP;
            return (
              <PictureCard
                key={item.id}
                entry={item}
                place={place}
                total={entries.length}
                box={{ left: x, top: start - top, width: wide, height: row.height }}
                focused={place === focused}
                selected={selected.has(item.id)}
                selecting={selecting}
                onFocus={() => setAt(place)}
                onOpen={() => onOpen(item)}
                onSelect={() => onSelect(item)}
                onStar={() => onStar(item)}
              />
            );
          });
        })}
      </ul>
    </div>
  );
}
