import type { FacetName } from "../../protocol/catalogue.ts";

/** What the archive page shows, as its address says it. */
export type ArchiveView = {
  q: string;
  order: "newest" | "best";
  /** Chosen values by facet; tags may be several. */
  chosen: Partial<Record<FacetName, readonly string[]>>;
  /** Looks into the bin. */
  bin: boolean;
  /** The entry that is open. */
  entry?: string;
};

export const EVERYTHING: ArchiveView = { q: "", order: "newest", chosen: {}, bin: false };

const NAMES: readonly FacetName[] = [
  "collection",
  "tag",
  "graph",
  "template",
  "model",
  "verdict",
  "month",
  "simulated",
  "starred",
];

/** Reads the address; what it does not know it leaves out. */
export function readView(search: URLSearchParams): ArchiveView {
  const chosen: ArchiveView["chosen"] = {};
  for (const name of NAMES) {
    const given = search.get(name);
    if (given === null) continue;
    chosen[name] = name === "tag" ? given.split("\n").filter(Boolean) : [given];
  }
  const entry = search.get("entry");
  return {
    q: search.get("q") ?? "",
    order: search.get("order") === "best" ? "best" : "newest",
    chosen,
    bin: search.get("deleted") === "true",
    ...(entry ? { entry } : {}),
  };
}

/** The address of a view: what is as usual is left out. */
export function writeView({ q, order, chosen, bin, entry }: ArchiveView): string {
  const search = new URLSearchParams(filterWords({ q, chosen, bin }));
  if (order === "best") search.set("order", order);
  if (entry) search.set("entry", entry);
  return search.size > 0 ? `?${search}` : "";
}

const filterWords = ({ q, chosen, bin }: Pick<ArchiveView, "q" | "chosen" | "bin">): [string, string][] => [
  ...(q.trim() === "" ? [] : [["q", q] as [string, string]]),
  ...NAMES.flatMap((name): [string, string][] => {
    const values = chosen[name];
    return values?.length ? [[name, values.join("\n")]] : [];
  }),
  ...(bin ? [["deleted", "true"] as [string, string]] : []),
];

/** What a page of the list is asked by. */
export const listPath = (view: ArchiveView, before?: string): string =>
  `/api/archive?${new URLSearchParams([
    ...filterWords(view),
    ["view", "card"],
    ["limit", "100"],
    ...(view.order === "best" && view.q.trim() !== "" ? [["order", "best"]] : []),
    ...(before ? [["before", before]] : []),
  ])}`;

export const facetsPath = (view: ArchiveView): string =>
  `/api/archive/facets?${new URLSearchParams(filterWords(view))}`;

/** A facet's value chosen or let go. Of tags all must hold; of the others there is one. */
export function toggled(view: ArchiveView, name: FacetName, value: string): ArchiveView {
  const now = view.chosen[name] ?? [];
  const next = now.includes(value) ? now.filter((one) => one !== value) : name === "tag" ? [...now, value] : [value];
  const { [name]: _, ...others } = view.chosen;
  return { ...view, chosen: next.length > 0 ? { ...others, [name]: next } : others };
}

/** How many facets are chosen. */
export const countChosen = ({ chosen, bin }: ArchiveView): number =>
  Object.values(chosen).reduce((sum, values) => sum + values.length, 0) + (bin ? 1 : 0);

/** Is nothing looked for at all? */
export const isEverything = (view: ArchiveView): boolean => view.q.trim() === "" && countChosen(view) === 0;
