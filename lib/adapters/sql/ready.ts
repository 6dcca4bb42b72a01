import type { CompiledQuery } from "kysely";
import type { Db, Tx } from "./tables.ts";

/** What a column holds, and so what a parameter may be. */
type Cell = string | number | null;

/** Stands for a parameter while the statement is compiled. */
class Place {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A statement that is built and compiled once per database and then run with ever new parameters: for what every paid call does, where
 * building the query costs several times what the database takes. `build` describes it on places that stand for the parameters, so it
 * may hand them on as values and nothing else. Every run must give all of them; a list has one length only.
 */
export function ready<G extends { [key in keyof G]: Cell }, R = unknown>(
  build: (on: Db | Tx, given: G) => { compile(): CompiledQuery<R> },
): (on: Db | Tx, given: G) => Promise<R[]> {
  // Each database has its own adapter, which its transactions share.
  const compiled = new WeakMap<object, CompiledQuery<R>>();
  return async (on, given) => {
    const { adapter } = on.getExecutor();
    let query = compiled.get(adapter);
    if (!query) {
      const places = Object.fromEntries(Object.keys(given).map((name) => [name, new Place(name)]));
      query = build(on, places as unknown as G).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((one) => {
      if (!(one instanceof Place)) return one;
      const value = given[one.name as keyof G];
      if (value === undefined) throw new Error(`The statement was given no ${one.name}.`);
      return value;
    });
    return (await on.executeQuery<R>({ ...query, parameters })).rows;
  };
}
