import { expect } from "vitest";
import type { LinkMade } from "#lib/protocol/reviews.ts";
import { type FrontServer, withJson } from "./front-server.ts";
import { startWaiting } from "./waiting-run.ts";

/** What people with links, and people without anything, do to a server. */
export function strangersOf(front: () => FrontServer) {
  /** A request as somebody without a session sends it. */
  const asStranger = (path: string, more: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
    front().raw({ path, ...more, headers: { host: `127.0.0.1:${front().port}`, ...more.headers } });
  const decide = (token: string, answer: unknown, headers: Record<string, string> = {}) =>
    asStranger(`/api/shared/${token}/answer`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: front().base, ...headers },
      body: JSON.stringify(answer),
    });
  /** A link for a step that waits. */
  const make = async (runId: string, stepKey = "look@0", wish: object = {}) => {
    const made = await front().fetch(`/api/reviews/${runId}/${stepKey}/links`, withJson(wish));
    expect(made.status).toBe(201);
    const { url, ...rest } = (await made.json()) as LinkMade;
    return { ...rest, url, token: new URL(url).pathname.split("/")[2] ?? "" };
  };
  /** A run that waits, and a link for it. */
  const linked = async (wish: object = {}, pictures = 1) => {
    const { runId, review } = await startWaiting(front(), { pictures });
    return { runId, review, ...(await make(runId, "look@0", wish)) };
  };
  return { asStranger, decide, make, linked };
}
