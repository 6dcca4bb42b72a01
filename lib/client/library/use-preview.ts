"use client";
import { useEffect, useState } from "react";
import type { EffectiveSheet } from "../../protocol/library.ts";
import { ApiError, sayWhy } from "../call-api.ts";
import type { Draft } from "./sheet-draft.ts";
import { sheetServer } from "./sheet-server.ts";

/** A moment of quiet before what is typed is asked about (ms). */
const QUIET_MS = 250;

/** What a draft would be sent as, a moment after the last change; the last answer stays while the next one comes. */
export function usePreview(
  { text, extends: parent, samples }: Pick<Draft, "text" | "extends" | "samples">,
  id: string | undefined,
): { effective?: EffectiveSheet; wrong?: string } {
  const [state, setState] = useState<{ effective?: EffectiveSheet; wrong?: string }>({});
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      sheetServer
        .preview({ text, samples: [...samples], ...(parent ? { extends: parent } : {}), ...(id ? { id } : {}) })
        .then(
          (effective) => wanted && setState({ effective }),
          (error: unknown) =>
            wanted &&
            setState((before) => ({ ...before, wrong: error instanceof ApiError ? error.message : sayWhy(error) })),
        );
    }, QUIET_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, parent, samples, id]);
  return state;
}
