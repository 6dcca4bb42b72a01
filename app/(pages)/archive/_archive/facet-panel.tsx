"use client";
import { Star, Trash2, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { FACET_TITLES, facetWord } from "#lib/client/archive/facet-words.ts";
import { type ArchiveView, EVERYTHING, toggled } from "#lib/client/archive/query.ts";
import type { FacetName, Facets, FacetValue } from "#lib/protocol/catalogue.ts";
import { Collections } from "./collections.tsx";

type Props = { view: ArchiveView; onView(view: ArchiveView): void; facets: Facets | undefined };

/** How many values of a facet are shown before the rest is asked for. */
const SHORT = 6;

/** What the pictures spread over, beside them on a desk. */
export function FacetPanel(props: Props) {
  return (
    <aside
      aria-label="Filters"
      className="sticky top-[7.5rem] hidden h-[calc(100dvh-7.5rem)] w-60 flex-none self-start overflow-y-auto border-line border-r px-2 py-3 lg:block"
    >
      <FacetList {...props} />
    </aside>
  );
}

/** The same from below on a phone. */
export function FacetSheet({ count, onClose, ...props }: Props & { count: number; onClose(): void }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label="Filters"
      onClose={(event) => event.currentTarget.open || onClose()}
      onPointerDown={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      className="mt-auto mb-0 max-h-[85dvh] w-full max-w-none overflow-y-auto rounded-t-2xl border border-line bg-surface p-0 text-ink backdrop:bg-black/60"
    >
      <div className="sticky top-0 z-10 flex items-center justify-between gap-3 border-line border-b bg-surface px-4 py-2">
        <h2 className="font-semibold">Filters</h2>
        <span className="grow" />
        {count > 0 && (
          <button
            type="button"
            onClick={() => props.onView({ ...EVERYTHING, q: props.view.q })}
            className="min-h-11 px-2 text-sm underline"
          >
            Clear
          </button>
        )}
        <button
          type="button"
          aria-label="Close"
          onClick={() => ref.current?.close()}
          className="-mr-2 grid size-11 place-items-center rounded-lg text-soft hover:text-ink"
        >
          <X aria-hidden="true" className="size-5" />
        </button>
      </div>
      <div className="p-3">
        <FacetList {...props} />
      </div>
    </dialog>
  );
}

function FacetList({ view, onView, facets }: Props) {
  const starred = facets?.facets.starred.find(({ value }) => value === "true");
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="grid">
        <Line
          pressed={view.chosen.starred?.includes("true") === true}
          onClick={() => onView(toggled(view, "starred", "true"))}
          count={starred?.count ?? 0}
        >
          <Star aria-hidden="true" className="size-4 text-hold" />
          Starred
        </Line>
        <Line pressed={view.bin} onClick={() => onView({ ...view, bin: !view.bin })}>
          <Trash2 aria-hidden="true" className="size-4 text-soft" />
          Bin
        </Line>
      </div>
      {facets &&
        FACET_TITLES.filter(([name]) => name !== "starred").map(([name, title]) => (
          <Facet key={name} name={name} title={title} values={facets.facets[name]} view={view} onView={onView} />
        ))}
    </div>
  );
}

function Facet({
  name,
  title,
  values,
  view,
  onView,
}: {
  name: FacetName;
  title: string;
  values: readonly FacetValue[];
} & Omit<Props, "facets">) {
  const [long, setLong] = useState(false);
  const chosen = view.chosen[name] ?? [];
  // One value that everything has narrows nothing.
  const useful =
    name === "collection" || values.length > 1 || chosen.length > 0 || (name === "tag" && values.length > 0);
  if (!useful) return null;
  const words = values.map((one) => facetWord(name, one));
  const shown = long ? values : values.filter(({ value }, index) => index < SHORT || chosen.includes(value));
  return (
    <section aria-label={title} className="min-w-0">
      <div className="flex min-h-8 items-center justify-between gap-2 px-2">
        <h2 className="font-medium text-soft text-xs">{title}</h2>
        {name === "collection" && <Collections onView={onView} />}
      </div>
      <ul className="grid grid-cols-1">
        {shown.map((one) => (
          <li key={one.value}>
            <Line
              pressed={chosen.includes(one.value)}
              onClick={() => onView(toggled(view, name, one.value))}
              count={one.count}
            >
              <span className="min-w-0 truncate" title={one.value}>
                {facetWord(name, one)}
                {isTwice(words, facetWord(name, one)) && <span className="ml-1.5 text-soft text-xs">{one.value}</span>}
              </span>
            </Line>
          </li>
        ))}
      </ul>
      {values.length > SHORT && (
        <button
          type="button"
          aria-expanded={long}
          onClick={() => setLong(!long)}
          className="min-h-8 px-2 text-soft text-xs underline hover:text-ink"
        >
          {long ? "Fewer" : `${values.length - SHORT} more`}
        </button>
      )}
    </section>
  );
}

/** Two of one name are told apart by their ids. */
const isTwice = (words: readonly string[], word: string): boolean => words.indexOf(word) !== words.lastIndexOf(word);

const Line = ({
  pressed,
  onClick,
  count,
  children,
}: {
  pressed: boolean;
  onClick(): void;
  count?: number;
  children: ReactNode;
}) => (
  <button
    type="button"
    aria-pressed={pressed}
    onClick={onClick}
    className="flex min-h-9 w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-ink/8 aria-pressed:bg-ink/10 aria-pressed:font-medium"
  >
    {children}
    <span className="grow" />
    {count !== undefined && <span className="flex-none text-soft text-xs tabular-nums">{count}</span>}
  </button>
);
