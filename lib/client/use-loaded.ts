"use client";
import { useCallback, useEffect, useState } from "react";
import { callApi } from "./call-api.ts";

/** Something fetched from the API once, and again on `reload`. */
export function useLoaded<T>(path: string): { value?: T; error?: unknown; reload(): void } {
  const [state, setState] = useState<{ path: string; value?: T; error?: unknown }>({ path });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    callApi<T>(path).then(
      (value) => wanted && setState({ path, value }),
      (error: unknown) => wanted && setState({ path, error }),
    );
    return () => {
      wanted = false;
    };
  }, [path, turn]);
  return { ...(state.path === path ? state : {}), reload: useCallback(() => setTurn((n) => n + 1), []) };
}
