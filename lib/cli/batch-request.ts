import { dirname, resolve } from "node:path";
import { ROW_CHOICES, type RowChoice } from "#lib/protocol/batches.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import { mapColumns } from "#lib/protocol/table/map-columns.ts";
import { readTableFile } from "#lib/protocol/table/read-csv.ts";
import { rowName, type Table } from "#lib/protocol/table/table.ts";
import type { CreateBatch } from "#lib/runtime/batches/batches-api.ts";
import { assetInPart, partsOfCell } from "#lib/runtime/batches/row-inputs.ts";
import type { CommandContext } from "./command-context.ts";
import { parseAssignment, parseChoice } from "./parse-options.ts";
import { type PlanOptions, planOf } from "./plan-run.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { WrongUse } from "./wrong-use.ts";

/** The options that say which table is run, as they were typed. */
export type TableOptions = PlanOptions & { rows?: string; map?: string[]; combine?: string };

/**
 * A graph file, a table file and options as a request. Pictures that cells name by a path (relative to the table) are read and stored. Throws WrongUse,
 * InvalidError and StepError; what is wrong with a cell's file names its row and column.
 */
export async function batchRequestOf(
  context: CommandContext,
  graphFile: string,
  options: TableOptions,
): Promise<CreateBatch> {
  if (options.rows === undefined) throw new WrongUse("NO_TABLE", "Name the table: --rows FILE.csv.");
  const map = columnMap(options.map ?? []);
  const combine = parseChoice("--combine", ["zip", "product"] as const, options.combine ?? "zip");
  const { concurrency, graph, ...plan } = await planOf(context, graphFile, options);
  const bytes = await readRegularFile(options.rows, {
    cwd: context.host.cwd,
    maxBytes: LIMITS.tableBytes,
    what: "Table",
  });
  const table = readTableFile(bytes);
  const folder = dirname(resolve(context.host.cwd, options.rows));
  const pictures = await storePictures(context, { graph, table, map, folder, concurrency });
  return { ...plan, graph, table, map, combine, concurrency, pictures };
}

/** `--map column=input`; with nothing after the sign the column is not used. */
function columnMap(texts: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    texts.map((text) => {
      const { key, value } = parseAssignment("--map", text);
      return [key, value === "" ? null : value];
    }),
  );
}

/** `--only`: a word, or rows as people count them (from 1 on): `3,5-9`. */
export function parseRows(text: string): RowChoice | number[] {
  const word = ROW_CHOICES.find((choice) => choice === text);
  if (word) return word;
  const parts = text.split(",").map((part) => /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim()));
  const rows = parts.flatMap((part) => {
    const first = Number(part?.[1] ?? 0);
    const last = Number(part?.[2] ?? first);
    if (first < 1 || last < first || last > LIMITS.batchRows)
      throw new WrongUse(
        "BAD_OPTION",
        `--only ${text}: write ${ROW_CHOICES.join(", ")}, or rows counted from 1 such as 3,5-9.`,
      );
    return Array.from({ length: last - first + 1 }, (_, n) => first - 1 + n);
  });
  return [...new Set(rows)];
}

type Named = { graph: unknown; table: Table; map: Record<string, string | null>; folder: string; concurrency?: number };

/** Each file once, however many cells name it. */
async function storePictures(context: CommandContext, { graph, table, map, folder, concurrency }: Named) {
  const stored = new Map<string, string>();
  const declared = (graph as { inputs?: GraphInput[] } | null)?.inputs;
  // A graph that cannot be read is told by the check that follows.
  const inputs = Array.isArray(declared) ? declared.filter((input) => typeof input?.key === "string") : [];
  const images = new Map(inputs.filter(({ type }) => type === "image").map((input) => [input.key, input]));
  if (images.size === 0) return stored;
  for (const [column, key] of mapColumns(table.columns, inputs, map)) {
    const input = images.get(key);
    const at = table.columns.indexOf(column);
    if (!input) continue;
    for (const [row, cells] of table.rows.entries())
      for (const part of partsOfCell(cells[at] ?? "", input.many === true)) {
        if (stored.has(part) || assetInPart(part) !== undefined || /^https?:/i.test(part)) continue;
        try {
          const bytes = await readRegularFile(part, { cwd: folder, maxBytes: LIMITS.uploadBytes, what: "Picture" });
          stored.set(part, (await (await context.studio({ concurrency })).upload(bytes)).asset);
        } catch (error) {
          const { code, message } = error as { code?: string; message: string };
          if (typeof code !== "string") throw error;
          const where = `${rowName(row, table.lines)}, column "${column}"`;
          throw new WrongUse(code, `${where[0]?.toUpperCase()}${where.slice(1)}: ${message}`, { field: column });
        }
      }
  }
  return stored;
}
