"use client";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { browserBatch } from "#lib/client/table/batch-server.ts";
import { type BatchTable, type BatchTableState, createBatchTable } from "#lib/client/table/batch-table.ts";

/** A batch, live; undefined for the moment before the page listens. */
export function useBatchTable(batchId: string): BatchTable | undefined {
  const [table, setTable] = useState<BatchTable>();
  useEffect(() => {
    const made = createBatchTable(browserBatch(batchId));
    setTable(made);
    // A laptop that slept or a phone that locked may have missed that its stream died.
    const again = () => document.visibilityState === "visible" && made.again();
    document.addEventListener("visibilitychange", again);
    return () => {
      document.removeEventListener("visibilitychange", again);
      made.close();
    };
  }, [batchId]);
  return table;
}

/** A piece of a batch's state. */
export const useTable = <T>(table: BatchTable, pick: (state: BatchTableState) => T): T => useStore(table, pick);
