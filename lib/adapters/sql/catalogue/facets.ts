import { expressionBuilder, type RawBuilder, sql } from "kysely";
import { FACETS, type FacetName, type FacetValue } from "#lib/protocol/catalogue.ts";
import type { ArchiveCatalogue, EntryFilter } from "#lib/runtime/ports/archive.ts";
import type { ArchiveCardTable } from "../archive-tables.ts";
import type { Dialect } from "../dialect.ts";
import type { Db, Tables } from "../tables.ts";
import { baseConditions, facetConditions, isNarrowed, textCondition } from "./filters.ts";

type Row = { facet: string; value: string | number | null; count: number };

/** The column of each facet; tags have a table of their own. */
const COLUMNS = {
  graph: "graph_id",
  template: "template_id",
  model: "model",
  verdict: "verdict",
  collection: "collection",
  month: "month",
  simulated: "simulated",
  starred: "starred",
} as const satisfies Record<Exclude<FacetName, "tag">, keyof ArchiveCardTable>;

const eb = expressionBuilder<Tables & { c: ArchiveCardTable }, "c">();

/**
 * Counts of all facets in one statement. What they share (text, dates, run) is found once and kept at hand; where there is nothing of that, each facet is
 * counted in its own index without touching a card.
 */
export const facets = ({ db, texts }: Dialect): Pick<ArchiveCatalogue, "facets"> => ({
  async facets(filter, most) {
    const narrow = isNarrowed(filter);
    const base = eb.and([...baseConditions(eb, filter), ...textCondition(eb, filter.text, texts)]);
    const cards = narrow ? sql`hit` : sql`archive_card`;
    const where = (except?: FacetName) =>
      eb.and([...(narrow ? [] : baseConditions(eb, filter)), ...facetConditions(eb, filter, except)]);
    const counts = FACETS.map((name) =>
      count(name, cards, where(name), !narrow && isOpen(filter) ? filter : undefined),
    );
    const everything = sql`select 'total' as facet, null as value, count(*) as count from ${cards} as c where ${where()}`;
    const columns = sql.join(["id", ...Object.values(COLUMNS)].map((name) => sql.ref(`c.${name}`)));
    const hit = sql`with hit as materialized (select ${columns} from archive_card as c where ${base}) `;
    const { rows } =
      await sql<Row>`${narrow ? hit : sql``}${sql.join([...counts, everything], sql` union all `)}`.execute(db);
    const values = (name: FacetName): FacetValue[] =>
      rows
        .filter(({ facet, value }) => facet === name && !(name !== "collection" && value === ""))
        .map(({ value, count: n }) => ({ value: wordOf(name, value), count: Number(n) }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, most);
    const found = Object.fromEntries(FACETS.map((name) => [name, values(name)])) as Record<FacetName, FacetValue[]>;
    return {
      total: Number(rows.find(({ facet }) => facet === "total")?.count ?? 0),
      facets: { ...found, graph: await withNames(db, found.graph) },
    };
  },
});

/** Is no facet chosen at all? */
const isOpen = (filter: EntryFilter): boolean => facetConditions(eb, filter).length === 0;

/** `open`: nothing is asked for, so that tags need not look at cards either. */
function count(
  name: FacetName,
  cards: RawBuilder<unknown>,
  where: ReturnType<typeof eb.and>,
  open: EntryFilter | undefined,
): RawBuilder<unknown> {
  if (name !== "tag") {
    const column = sql.ref(`c.${COLUMNS[name]}`);
    return sql`select ${sql.lit(name)} as facet, ${column} as value, count(*) as count from ${cards} as c where ${where} group by ${column}`;
  }
  if (open)
    return sql`select 'tag' as facet, tag as value, count(*) as count from archive_tag where deleted = ${open.deleted === true ? 1 : 0} group by tag`;
  return sql`select 'tag' as facet, own.tag as value, count(*) as count from ${cards} as c join archive_tag as own on own.entry_id = c.id where ${where} group by own.tag`;
}

const wordOf = (name: FacetName, value: Row["value"]): string =>
  name === "simulated" || name === "starred" ? String(Number(value) === 1) : String(value ?? "");

/** Graphs as they are called in their newest entry. */
const withNames = async (db: Db, values: FacetValue[]): Promise<FacetValue[]> => {
  const named: FacetValue[] = [];
  for (const one of values) {
    const card = await db
      .selectFrom("archive_card")
      .select("graph_name")
      .where("graph_id", "=", one.value)
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirst();
    named.push(card?.graph_name ? { ...one, title: card.graph_name } : one);
  }
  return named;
};
