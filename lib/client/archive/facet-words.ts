import type { FacetName, FacetValue } from "../../protocol/catalogue.ts";

/** The facets in the order they are shown, and how each is called. */
export const FACET_TITLES: readonly [name: FacetName, title: string][] = [
  ["starred", "Starred"],
  ["collection", "Collection"],
  ["tag", "Tag"],
  ["template", "Template"],
  ["graph", "Graph"],
  ["model", "Model"],
  ["verdict", "Verdict"],
  ["month", "Month"],
  ["simulated", "Drawn by"],
];

const VERDICTS: Record<string, string> = {
  pass: "Passed",
  iterate: "Sent back",
  restart: "Started over",
  reject: "Rejected",
  none: "Not judged",
};

/** A facet's value as people read it. */
export function facetWord(name: FacetName, { value, title }: Pick<FacetValue, "value" | "title">): string {
  if (name === "verdict") return VERDICTS[value] ?? value;
  if (name === "starred") return value === "true" ? "Starred" : "Not starred";
  if (name === "simulated") return value === "true" ? "Simulator" : "A model";
  if (name === "collection" && value === "") return "In no collection";
  if (name === "month") return monthWord(value);
  return title ?? value;
}

/** `2026-11` → `November 2026`. */
export const monthWord = (month: string): string => {
  const at = Date.parse(`${month}-01T00:00:00Z`);
  return Number.isNaN(at)
    ? month
    : new Date(at).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
};
