"use client";
import { useEffect, useState } from "react";
import { callApi } from "#lib/client/call-api.ts";
import type { Wanted } from "#lib/client/export/export-wish.ts";
import type { ExportLook } from "#lib/protocol/exports.ts";

/** What an export of these could carry. */
export function useLook(wanted: Wanted): { look?: ExportLook; error?: unknown } {
  const [state, setState] = useState<{ look?: ExportLook; error?: unknown }>({});
  const body = JSON.stringify(wanted);
  useEffect(() => {
    let asked = true;
    callApi<ExportLook>("/api/exports/look", { body: JSON.parse(body) as unknown }).then(
      (look) => asked && setState({ look }),
      (error: unknown) => asked && setState({ error }),
    );
    return () => {
      asked = false;
    };
  }, [body]);
  return state;
}
