import { WrongUse } from "../wrong-use.ts";

/** `batch`: named so that scripts get a plain answer; tables are not run by this version. */
export function batchCommand(): never {
  throw new WrongUse(
    "NOT_YET",
    "Batches are not here yet. Run the rows one by one: npx throughline run GRAPH.json --input key=value --out DIR --json",
  );
}
