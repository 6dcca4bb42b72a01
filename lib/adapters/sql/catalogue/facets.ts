import { expressionBuilder, type RawBuilder, sql } from "kysely";
import { FACETS, type FacetName, type FacetValue } from "#lib/protocol/catalogue.ts";
import type { ArchiveCatalogue, EntryFilter } from "#lib/runtime/ports/archive.ts";
import type { ArchiveCardTable } from "../archive-tables.ts";
import type { Dialect } from "../dialect.ts";
import type { Db, Tables } from "../tables.ts";
import { baseConditions, chosenFacets, facetConditions, isNarrowed, textCondition } from "./filters.ts";

type Row = { facet: string; value: string | number | null; count: number };

/** Entries that are counted one by one at most: beyond, only those are whose index counts them. Nobody reads such numbers to the last digit. */
const MOST_COUNTED = 20_000;

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

const NUMBERS: ReadonlySet<FacetName> = new Set(["simulated", "starred"]);

const eb = expressionBuilder<Tables & { c: ArchiveCardTable }, "c">();

/**
 * Counts of all facets. Where nothing is asked for each is counted in its own index without touching a card. Otherwise what is found is taken out once and
 * counted from there; a chosen facet is counted as if it were not.
 */
export const facets = ({ db, texts }: Dialect): Pick<ArchiveCatalogue, "facets"> => ({
  async facets(filter, most) {
    const chosen = chosenFacets(filter);
    const others = FACETS.filter((name) => !chosen.includes(name));
    const rows = await counted({ db, texts }, filter, others);
    for (const name of chosen) rows.push(...(await counted({ db, texts }, filter, [name], name)));
    const values = (name: FacetName): FacetValue[] =>
      rows
        .filter(({ facet, value }) => facet === name && (name === "collection" || value !== ""))
        .map(({ value, count }) => ({ value: wordOf(name, value), count: Number(count) }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, most);
    const found = Object.fromEntries(FACETS.map((name) => [name, values(name)])) as Record<FacetName, FacetValue[]>;
    const total = Number(rows.find(({ facet }) => facet === "total")?.count ?? 0);
    const open = !isNarrowed(filter) && chosen.length === 0;
    return {
      total,
      ...(!open && total >= MOST_COUNTED ? { capped: true } : {}),
      facets: { ...found, graph: await withNames(db, found.graph) },
    };
  },
});

/** The counts of some facets with all parts of the filter but one, in one statement; with all of them the total too. */
async function counted(
  { db, texts }: Pick<Dialect, "db" | "texts">,
  filter: EntryFilter,
  names: readonly FacetName[],
  except?: FacetName,
): Promise<Row[]> {
  const facetParts = facetConditions(eb, filter, except);
  const open = !isNarrowed(filter) && facetParts.length === 0;
  const base = baseConditions(eb, filter);
  const cards = open ? sql`archive_card` : sql`hit`;
  const where = open ? sql`where ${eb.and(base)}` : sql``;
  const counts = names.map((name) => count(name, cards, where, open ? filter : undefined));
  if (!except) counts.push(sql`select 'total' as facet, null as value, count(*) as count from ${cards} as c ${where}`);
  const columns = sql.join(["id", ...Object.values(COLUMNS)].map((name) => sql.ref(`c.${name}`)));
  const parts = eb.and([...base, ...facetParts, ...textCondition(eb, filter.text, texts)]);
  const hit = sql`with hit as materialized (select ${columns} from archive_card as c where ${parts} limit ${MOST_COUNTED}) `;
  const statement = sql<Row>`${open ? sql`` : hit}${sql.join(counts, sql` union all `)}`;
  return (await statement.execute(db)).rows;
}

/** `open`: nothing is asked for, so that tags need not look at cards either. */
function count(
  name: FacetName,
  cards: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  open: EntryFilter | undefined,
): RawBuilder<unknown> {
  if (name !== "tag") {
    const column = sql.ref(`c.${COLUMNS[name]}`);
    // One column of a union has one type.
    const value = NUMBERS.has(name) ? sql`cast(${column} as text)` : column;
    return sql`select ${sql.lit(name)} as facet, ${value} as value, count(*) as count from ${cards} as c ${where} group by ${column}`;
  }
  if (open)
    return sql`select 'tag' as facet, tag as value, count(*) as count from archive_tag where deleted = ${open.deleted === true ? 1 : 0} group by tag`;
  return sql`select 'tag' as facet, own.tag as value, count(*) as count from ${cards} as c join archive_tag as own on own.entry_id = c.id ${where} group by own.tag`;
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
      .where("deleted", "in", [0, 1])
      .where("graph_id", "=", one.value)
      .limit(1)
      .executeTakeFirst();
    named.push(card?.graph_name ? { ...one, title: card.graph_name } : one);
  }
  return named;
};
