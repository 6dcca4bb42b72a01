"use client";
import { useEffect, useState } from "react";
import type { SharedReview } from "../../protocol/reviews.ts";
import { ApiError, callApi } from "../call-api.ts";
import { type Asked, sharedAsked } from "./asked.ts";

const LOOK_MS = 10_000;

/** What a link asks: still loading, asked, over (whatever the reason), or out of reach. */
export type SharedState = { asked?: Asked; shared?: SharedReview; over?: boolean; error?: unknown };

/** The token stands in the address only; it is sent nowhere but to the API of this very link. */
const tokenHere = (): string => /^\/r\/([^/]+)$/.exec(location.pathname)?.[1] ?? "";

/** Follows a link: asks again now and then, because somebody else may decide meanwhile. */
export function useShared(): SharedState & { answer(answer: unknown): Promise<void> } {
  const [state, setState] = useState<SharedState>({});
  useEffect(() => {
    let wanted = true;
    const look = async () => {
      try {
        const shared = await callApi<SharedReview>(`/api/shared/${tokenHere()}`);
        if (wanted)
          setState((now) =>
            now.shared && same(now.shared, shared) ? now : { shared, asked: sharedAsked(tokenHere(), shared) },
          );
      } catch (error) {
        if (!wanted) return;
        const over = error instanceof ApiError && error.status === 401;
        setState((now) => (over ? { over } : now.asked ? now : { error }));
      }
    };
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, []);
  return {
    ...state,
    answer: (answer) => callApi(`/api/shared/${tokenHere()}/answer`, { body: answer }),
  };
}

const same = (a: SharedReview, b: SharedReview): boolean => JSON.stringify(a) === JSON.stringify(b);
