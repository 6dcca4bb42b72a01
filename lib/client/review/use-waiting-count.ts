"use client";
import { useEffect, useState } from "react";
import type { ReviewList } from "../../protocol/reviews.ts";
import { callApi } from "../call-api.ts";

const LOOK_MS = 15_000;

/** How many questions wait for a person; undefined until it is known. */
export function useWaitingCount(): number | undefined {
  const [count, setCount] = useState<number>();
  useEffect(() => {
    let wanted = true;
    const look = () => {
      if (document.visibilityState !== "visible") return;
      callApi<ReviewList>("/api/reviews?limit=1").then(
        ({ total }) => wanted && setCount(total),
        // The next look may succeed; a count is not worth a complaint.
        () => {},
      );
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      wanted = false;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return count;
}
