import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import { FACETS, type FacetName } from "#lib/protocol/catalogue.ts";
import { type Phrase, readSearch } from "#lib/protocol/search-words.ts";
import type { EntryFilter } from "#lib/runtime/ports/archive.ts";
import type { ArchiveCardTable } from "../archive-tables.ts";
import type { TextIndex } from "../dialect.ts";
import type { Tables } from "../tables.ts";

type Cards = ExpressionBuilder<Tables & { c: ArchiveCardTable }, "c">;

/** The condition of each part of a filter that is a facet. Left out = not asked for. */
const FACET_CONDITIONS: Record<FacetName, (eb: Cards, filter: EntryFilter) => Expression<SqlBool>[]> = {
  graph: (eb, { graph }) => (graph === undefined ? [] : [eb("c.graph_id", "=", graph)]),
  template: (eb, { template }) => (template === undefined ? [] : [eb("c.template_id", "=", template)]),
  model: (eb, { model }) => (model === undefined ? [] : [eb("c.model", "=", model)]),
  verdict: (eb, { verdict }) => (verdict === undefined ? [] : [eb("c.verdict", "=", verdict)]),
  collection: (eb, { collection }) => (collection === undefined ? [] : [eb("c.collection", "=", collection)]),
  month: (eb, { month }) => (month === undefined ? [] : [eb("c.month", "=", month)]),
  simulated: (eb, { simulated }) => (simulated === undefined ? [] : [eb("c.simulated", "=", simulated ? 1 : 0)]),
  starred: (eb, { starred }) => (starred === undefined ? [] : [eb("c.starred", "=", starred ? 1 : 0)]),
  tag: (eb, { tags = [] }) =>
    [...new Set(tags)].map((tag) =>
      eb.exists(
        eb.selectFrom("archive_tag as t").select("t.tag").whereRef("t.entry_id", "=", "c.id").where("t.tag", "=", tag),
      ),
    ),
};

/** The parts of a filter that are no facets, the text apart. */
export function baseConditions(eb: Cards, filter: EntryFilter): Expression<SqlBool>[] {
  const { from, to, runId, batch, asset } = filter;
  return [
    eb("c.deleted", "=", filter.deleted === true ? 1 : 0),
    ...(from === undefined ? [] : [eb("c.created_at", ">=", from)]),
    ...(to === undefined ? [] : [eb("c.created_at", "<", to)]),
    ...(runId === undefined ? [] : [eb("c.run_id", "=", runId)]),
    ...(batch === undefined ? [] : [eb("c.batch_id", "=", batch)]),
    ...(asset === undefined ? [] : [eb("c.asset", "=", asset)]),
  ];
}

/** The facets a filter asks for. */
export const chosenFacets = (filter: EntryFilter): FacetName[] =>
  FACETS.filter((name) => (name === "tag" ? (filter.tags ?? []).length > 0 : filter[name] !== undefined));

/** The facets of a filter, all or all but one. */
export const facetConditions = (eb: Cards, filter: EntryFilter, except?: FacetName): Expression<SqlBool>[] =>
  Object.entries(FACET_CONDITIONS).flatMap(([name, condition]) => (name === except ? [] : condition(eb, filter)));

/** Is anything asked for beyond what lies in the index of every facet? */
export const isNarrowed = (filter: EntryFilter): boolean =>
  readSearch(filter.text ?? "") !== undefined ||
  [filter.from, filter.to, filter.runId, filter.batch, filter.asset].some((part) => part !== undefined);

/** The entries whose texts hold every phrase. */
export function textCondition(
  eb: Cards,
  text: string | undefined,
  texts: TextIndex | undefined,
): Expression<SqlBool>[] {
  const phrases = readSearch(text ?? "");
  if (!phrases) return [];
  if (phrases.length === 0) return [sql<SqlBool>`1 = 0`];
  if (texts) return [sql<SqlBool>`c.text_row in (${texts.matching(phrases)})`];
  return phrases.map((phrase) =>
    eb.exists(
      eb
        .selectFrom("archive_entry as e")
        .select("e.id")
        .whereRef("e.id", "=", "c.id")
        .where("e.words", "like", likeness(phrase)),
    ),
  );
}

/** Words are letters and digits only, so nothing in them has a meaning of its own to `like`. */
const likeness = ({ words, begun }: Phrase): string => `% ${words.join(" ")}${begun ? "" : " "}%`;
