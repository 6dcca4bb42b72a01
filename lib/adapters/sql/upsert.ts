import { type RawBuilder, sql } from "kysely";

/** The values an upsert brought, to be taken over where a row was there before. */
export const incoming = <C extends string>(...columns: C[]): Record<C, RawBuilder<never>> =>
  Object.fromEntries(columns.map((column) => [column, sql.ref<never>(`excluded.${column}`)])) as Record<
    C,
    RawBuilder<never>
  >;
