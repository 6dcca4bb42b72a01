import type { ArchiveCatalogue } from "#lib/runtime/ports/archive.ts";
import type { Dialect } from "../dialect.ts";
import { changes } from "./changes.ts";
import { collections } from "./collections.ts";
import { facets } from "./facets.ts";
import { search } from "./search.ts";
import { take } from "./take.ts";

/** The archive's catalogue over any database this folder speaks. */
export const catalogue = (dialect: Dialect): ArchiveCatalogue => ({
  ...search(dialect),
  ...facets(dialect),
  ...changes(dialect),
  ...collections(dialect),
  ...take(dialect),
});
