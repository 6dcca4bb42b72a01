"use client";
import { useEffect, useMemo, useState } from "react";
import { callApi } from "#lib/client/call-api.ts";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { type TableColumn, tableColumns } from "#lib/client/table/table-columns.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import { useTable } from "./use-batch-table.ts";

/** The columns of a batch's table; results stand under the names their nodes have in the graph that ran. */
export function useColumns(table: BatchTable): TableColumn[] {
  const columns = useTable(table, ({ view }) => view?.columns);
  const map = useTable(table, ({ view }) => view?.map);
  const inputs = useTable(table, ({ view }) => view?.inputs);
  const outputs = useTable(table, (state) => state.outputs);
  const someRun = useTable(table, (state) => state.someRun);
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    if (someRun === undefined) return;
    callApi<RunDocument>(`/api/runs/${encodeURIComponent(someRun)}`).then(
      ({ nodes = [] }) => setTitles(new Map(nodes.map(({ id, title }) => [id, title || id]))),
      // Without it the nodes go by their ids.
      () => {},
    );
  }, [someRun]);
  // The head is fetched again and again; what the columns hang on stays the same in it.
  const shape = JSON.stringify([columns, map, inputs]);
  return useMemo(() => {
    const [own = [], fed = {}, declared = []] = JSON.parse(shape) as [string[]?, Record<string, string>?, never[]?];
    return tableColumns({ columns: own, map: fed, inputs: declared }, outputs, titles);
  }, [shape, outputs, titles]);
}
