"use client";
import { useEffect, useState } from "react";
import { ApiError } from "#lib/client/call-api.ts";
import { estimateTemplate } from "#lib/client/templates/template-server.ts";
import type { EstimateAnswer } from "#lib/protocol/http.ts";

const QUIET_MS = 400;

/** What a run of these inputs would cost: asked a moment after the last change; undefined while it is not known. `turn` asks again. */
export function usePrice(
  id: string,
  inputs: Record<string, unknown> | undefined,
  turn: unknown,
): { estimate?: EstimateAnswer; refused?: unknown } {
  const text = inputs && JSON.stringify(inputs);
  const [known, setKnown] = useState<{ text?: string; estimate?: EstimateAnswer; refused?: unknown }>({});
  useEffect(() => {
    if (text === undefined) return;
    let wanted = true;
    const timer = setTimeout(() => {
      estimateTemplate(id, { inputs: JSON.parse(text) }).then(
        (estimate) => wanted && setKnown({ text, estimate }),
        (error: unknown) => wanted && setKnown({ text, ...(error instanceof ApiError ? { refused: error } : {}) }),
      );
    }, QUIET_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [id, text, turn]);
  return known.text === text ? known : {};
}
