"use client";
import { useEffect, useState } from "react";
import { estimateBatch, type NewBatch } from "#lib/client/table/batch-server.ts";
import type { BatchEstimate } from "#lib/protocol/batches.ts";

const PATIENCE_MS = 500;

/** The price of a table, asked for a moment after it was last changed; undefined while it cannot run. */
export function useBatchEstimate(body: NewBatch | undefined): {
  estimate?: BatchEstimate;
  error?: unknown;
  estimating: boolean;
} {
  const [state, setState] = useState<{ of?: NewBatch; estimate?: BatchEstimate; error?: unknown }>({});
  useEffect(() => {
    if (body === undefined) return;
    let wanted = true;
    const timer = setTimeout(() => {
      estimateBatch(body).then(
        (estimate) => wanted && setState({ of: body, estimate }),
        (error: unknown) => wanted && setState({ of: body, error }),
      );
    }, PATIENCE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [body]);
  const fresh = state.of === body && body !== undefined;
  return { estimate: fresh ? state.estimate : undefined, error: fresh ? state.error : undefined, estimating: !fresh };
}
