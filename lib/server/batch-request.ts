import type { CreateBatchBody } from "../protocol/batches.ts";
import { type MicroUsd, toMicro } from "../protocol/money.ts";
import { problem } from "../protocol/problems.ts";
import { readCsv, tableOf } from "../protocol/table/read-csv.ts";
import type { Table } from "../protocol/table/table.ts";
import type { CreateBatch } from "../runtime/batches/batches-api.ts";
import type { Studio } from "../runtime/studio-api.ts";
import { invalid } from "./http-problem.ts";

type Cell = string | number | boolean | null | undefined;

/** A cell as text; null and nothing are empty. */
export const cellText = (cell: Cell): string => (cell === null || cell === undefined ? "" : String(cell));

export const micro = (usd: number | null | undefined): MicroUsd | null | undefined =>
  usd === undefined || usd === null ? usd : toMicro(usd);

/** A request for a batch with its graph and its table read. Throws InvalidError and HttpError 422. */
export async function createRequest(studio: Studio, body: CreateBatchBody, key?: string): Promise<CreateBatch> {
  const { graphId, templateId, revision, graph, to } = body;
  const given = {
    table: tableIn(body),
    map: body.map,
    inputs: body.inputs,
    combine: body.combine,
    only: body.start ? body.only : [],
    name: body.name,
    to: typeof to === "string" ? [to] : to,
    takes: body.takes,
    budgetMicro: micro(body.budgetUsd),
    rowBudgetMicro: micro(body.rowBudgetUsd),
    inDoubt: body.inDoubt,
    concurrency: body.concurrency,
    idempotencyKey: key,
  };
  if (templateId !== undefined) {
    const { graph, template } = await studio.templates.requestOf(templateId, { revision });
    return { ...given, graph, template };
  }
  const saved = graphId === undefined ? undefined : await studio.graph(graphId, revision);
  if (graphId !== undefined && !saved) {
    const which = revision === undefined ? "" : ` with revision ${revision}`;
    throw invalid([problem("UNKNOWN_GRAPH", `There is no saved graph "${graphId}"${which}.`, { field: "graphId" })]);
  }
  return { ...given, graph: saved ? saved.graph : graph };
}

function tableIn({ csv, rows = [], columns }: CreateBatchBody): Table {
  if (csv !== undefined) return readCsv(csv);
  const names = columns ?? [...new Set(rows.flatMap((row) => (Array.isArray(row) ? [] : Object.keys(row))))];
  if (names.length === 0)
    throw invalid([problem("TABLE_EMPTY", "Rows that are lists of cells need columns.", { field: "columns" })]);
  return tableOf([
    names,
    ...rows.map((row) => (Array.isArray(row) ? row.map(cellText) : names.map((name) => cellText(row[name])))),
  ]);
}
