import type { GraphInput } from "../graph.ts";
import { InvalidError, type Problem, problem } from "../problems.ts";

/** Case and spaces of a name do not count. */
const plain = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

/**
 * Which input each column feeds; columns that feed none are left out. A column goes where `given` says (null: nowhere), else to the input of the same
 * name (its key, or its title). Throws InvalidError for columns, inputs and doubles that cannot be.
 */
export function mapColumns(
  columns: readonly string[],
  inputs: readonly GraphInput[],
  given: Readonly<Record<string, string | null>> = {},
): Map<string, string> {
  const problems: Problem[] = [];
  const told = new Map(
    Object.entries(given).map(([name, key]): [string, string | null] => {
      const column = columns.find((one) => one === name) ?? columns.find((one) => plain(one) === plain(name));
      if (column === undefined)
        problems.push(
          problem("UNKNOWN_COLUMN", `There is no column "${name}"; there is ${columns.join(", ")}.`, { field: name }),
        );
      if (key !== null && !inputs.some((input) => input.key === key))
        problems.push(
          problem(
            "UNKNOWN_INPUT",
            `This graph has no input "${key}"; it has ${inputs.map((i) => i.key).join(", ") || "none"}.`,
            {
              field: key,
            },
          ),
        );
      return [column ?? name, key];
    }),
  );
  const taken = new Map<string, string>();
  for (const [column, key] of told) {
    if (key === null) continue;
    const other = taken.get(key);
    if (other !== undefined)
      problems.push(
        problem("DUPLICATE_INPUT", `The columns "${other}" and "${column}" both go to the input "${key}".`, {
          field: key,
        }),
      );
    taken.set(key, column);
  }
  if (problems.length > 0) throw new InvalidError(problems);
  const map = new Map<string, string>();
  for (const column of columns) {
    const named = told.get(column);
    const same = (name: string | undefined) => name !== undefined && plain(name) === plain(column);
    const free = inputs.filter((input) => !taken.has(input.key));
    const key = named !== undefined ? named : (free.find((i) => same(i.key)) ?? free.find((i) => same(i.title)))?.key;
    if (key === null || key === undefined) continue;
    taken.set(key, column);
    map.set(column, key);
  }
  return map;
}
