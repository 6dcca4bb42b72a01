"use client";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Review, ReviewList } from "../../protocol/reviews.ts";
import { callApi } from "../call-api.ts";
import { apiOf } from "./asked.ts";
import { createDesk, type Desk, type DeskPorts, type DeskState } from "./desk.ts";

/** A page of questions is enough: what is decided makes room for what follows. */
const PAGE = 50;

const overHttp: DeskPorts = {
  load: () => callApi<ReviewList>(`/api/reviews?limit=${PAGE}`),
  one: (review) => callApi<Review>(apiOf(review)),
  answer: ({ runId, stepKey }, answer, leaving) =>
    callApi(`/api/runs/${encodeURIComponent(runId)}/steps/${encodeURIComponent(stepKey)}/answer`, {
      body: answer,
      keepalive: leaving,
    }),
  stars: (review, asset, stars) => callApi(`${apiOf(review)}/stars`, { method: "PUT", body: { asset, stars } }),
  later(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** The inbox of this page, live. Decisions that are not sent yet are sent when the page goes. */
export function useDesk(start: { runId?: string; stepKey?: string }): { desk: Desk; state: DeskState } {
  const [desk] = useState(() => createDesk(overHttp, start));
  useEffect(() => {
    const close = desk.open();
    const seen = () => {
      if (document.visibilityState === "visible") void desk.look();
    };
    addEventListener("pagehide", desk.flush);
    document.addEventListener("visibilitychange", seen);
    return () => {
      removeEventListener("pagehide", desk.flush);
      document.removeEventListener("visibilitychange", seen);
      close();
    };
  }, [desk]);
  return { desk, state: useStore(desk.store) };
}
