import { toUsd } from "../../protocol/money.ts";
import { isNumeric, writeCsv } from "../../protocol/table/write-csv.ts";
import { runFiles } from "../export-run.ts";
import type { ZipPart } from "../ports/zip.ts";
import type { AssetStore, BatchRecord, BatchRowRecord, HandedFile } from "../ports.ts";
import { lastNodes, type ShowPorts } from "./show-batch.ts";

type FilePorts = ShowPorts & { assets: AssetStore };

const PAGE = 200;
/** What a result table has besides the columns of its own. */
const RESULT_COLUMNS = ["_status", "_run", "_cost_usd", "_files", "_error"] as const;

/** The folder of a row's files: numbered from 1 on, so that no two rows share one whatever their cells say. */
export const rowFolder = (index: number, total: number): string =>
  `row-${String(index + 1).padStart(Math.max(4, String(total).length), "0")}`;

/** All rows in input order, a page in memory at a time. */
export async function* allRows(
  { journal }: Pick<ShowPorts, "journal">,
  batch: BatchRecord,
): AsyncGenerator<BatchRowRecord[]> {
  for (let from = 0; from < batch.total; from += PAGE) {
    const page = await journal.batches.rows(batch.id, { from, limit: PAGE });
    yield page.filter((row) => row.index < from + PAGE);
  }
}

/** What each row of a page leaves behind: archive entries under their names, and the images of the last nodes. */
export async function filesOfRows(
  ports: FilePorts,
  batch: BatchRecord,
  rows: readonly BatchRowRecord[],
): Promise<Map<number, HandedFile[]>> {
  const nodes = await lastNodes(ports, rows);
  const outputs = await ports.journal.batches.outputs(
    rows.flatMap((row) => row.runId ?? []),
    nodes,
  );
  const files = new Map<number, HandedFile[]>();
  for (const row of rows) {
    if (row.runId === undefined) continue;
    const found = await runFiles(ports, row.runId, nodes, (node) => outputs.get(row.runId ?? "")?.get(node) ?? {});
    const folder = rowFolder(row.index, batch.total);
    files.set(
      row.index,
      found.map((file) => ({ ...file, name: `${folder}/${file.name}` })),
    );
  }
  return files;
}

/**
 * The result table as text, page by page: the columns of its own and what became of each row. Cells that a spreadsheet would run are escaped; a column that
 * holds numbers throughout keeps them.
 */
export async function* resultTable(
  ports: FilePorts,
  batch: BatchRecord,
  filesOf?: (row: number) => readonly string[],
): AsyncGenerator<string> {
  // A result table that was run again has ours already.
  const own = batch.columns.flatMap((column, at) =>
    (RESULT_COLUMNS as readonly string[]).includes(column) ? [] : [{ column, at }],
  );
  const numeric = own.map(() => true);
  for await (const page of allRows(ports, batch))
    for (const row of page)
      for (const [n, { at }] of own.entries()) {
        const cell = row.cells[at] ?? "";
        if (cell.trim() !== "" && !isNumeric(cell)) numeric[n] = false;
      }
  const kept = [...numeric, false, false, true, false, false];
  yield writeCsv([[...own.map(({ column }) => column), ...RESULT_COLUMNS]], []);
  for await (const page of allRows(ports, batch)) {
    const costs = await ports.journal.batches.costs(page.flatMap((row) => row.runId ?? []));
    const files = filesOf ? undefined : await filesOfRows(ports, batch, page);
    const names = (row: number) => filesOf?.(row) ?? files?.get(row)?.map(({ name }) => name) ?? [];
    yield writeCsv(
      page.map((row) => [
        ...own.map(({ at }) => row.cells[at] ?? ""),
        row.status,
        row.runId ?? "",
        String(toUsd(costs.get(row.runId ?? "") ?? 0)),
        names(row.index).join("; "),
        row.error ? `${row.error.code}: ${row.error.message}` : "",
      ]),
      kept,
    );
  }
}

/** The files of an archive of the whole batch, one after the other: the table last, when all others are named. */
export async function* zipParts(ports: FilePorts, batch: BatchRecord): AsyncGenerator<ZipPart> {
  for await (const page of allRows(ports, batch))
    for (const files of (await filesOfRows(ports, batch, page)).values())
      for (const { name, content } of files) yield { name, bytes: Buffer.from(await content()) };
  const text = async function* () {
    for await (const part of resultTable(ports, batch)) yield Buffer.from(part);
  };
  yield { name: "rows.csv", stream: text };
}
