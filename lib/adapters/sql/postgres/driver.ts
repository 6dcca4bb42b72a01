import {
  type DataTypeNode,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  type PostgresPool,
  PostgresQueryCompiler,
  type TransactionBuilder,
} from "kysely";
import type { Tables } from "#lib/adapters/sql/tables.ts";
import { isCollision } from "./errors.ts";

/** How often a transaction that collided with another is tried before its caller hears of it. */
const TRIES = 6;

/**
 * Columns as the embedded store has them: whole numbers of 64 bits whatever they count, and texts compared by their bytes, so that lists have one
 * order whatever language the server was set up in.
 */
const COLUMNS: Record<string, string> = { integer: "bigint", text: 'text collate "C"' };

class Compiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    const column = this.parentNode?.kind === "ColumnDefinitionNode" ? COLUMNS[node.dataType] : undefined;
    if (column === undefined) super.visitDataType(node);
    else this.append(column);
  }
}

/** Statements kept compiled are kept by adapter, so each database has one (`ready.ts`). */
class PostgresWithBytes extends PostgresDialect implements Dialect {
  override createQueryCompiler(): Compiler {
    return new Compiler();
  }
  override createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }
}

/**
 * Kysely over a pool. Several write at once here, where the embedded store has one writer: two transactions that waited for each other, or came
 * to the same new key, are done again one after the other, which is how it would have gone there. So what a transaction does must depend on
 * nothing but what it reads.
 */
class RetryingKysely extends Kysely<Tables> {
  override transaction(): TransactionBuilder<Tables> {
    const builder = super.transaction();
    const once = builder.execute.bind(builder);
    builder.execute = async (work) => {
      for (let tried = 1; ; tried += 1)
        try {
          return await once(work);
        } catch (error) {
          if (tried >= TRIES || !isCollision(error)) throw error;
        }
    };
    return builder;
  }
}

export const postgresKysely = (pool: PostgresPool): Kysely<Tables> =>
  new RetryingKysely({ dialect: new PostgresWithBytes({ pool }) });
