import type { Graph } from "../../../protocol/graph.ts";
import type { EstimateAnswer } from "../../../protocol/http.ts";
import { type Problem, problem } from "../../../protocol/problems.ts";
import { ApiError } from "../../call-api.ts";
import { sameToRun } from "./same-to-run.ts";

/** What asking needs from the browser; a test hands in another one. */
export type EstimatePort = {
  ask(graph: Graph): Promise<EstimateAnswer>;
  /** Calls back after `ms`; returns how to forget it. */
  later(ms: number, callback: () => void): () => void;
};

export type EstimateNews =
  /** Something changed that counts: what was known is about another document. */
  | { kind: "asking" }
  | { kind: "known"; answer: EstimateAnswer }
  /** The document cannot run as it is. */
  | { kind: "problems"; problems: readonly Problem[] }
  | { kind: "unknown"; error: unknown };

const QUIET_MS = 300;
const RETRY_MS = 5_000;

/**
 * Keeps asking what a run would cost while the document changes: a moment after the last change that counts, one question at a time, and only
 * the answer for the newest document is told.
 */
export function createEstimator({ ask, later }: EstimatePort, tell: (news: EstimateNews) => void) {
  let newest: Graph | undefined;
  let timer: (() => void) | undefined;
  let inFlight = false;
  let again = false;
  let closed = false;

  const schedule = (ms: number) => {
    timer?.();
    timer = later(ms, () => {
      timer = undefined;
      void go();
    });
  };
  const go = async (): Promise<void> => {
    if (closed || !newest) return;
    if (inFlight) {
      again = true;
      return;
    }
    if (newest.nodes.length === 0) {
      // Known without asking, and a question the server refuses shows up as an error in the browser's console.
      tell({ kind: "problems", problems: [problem("NOTHING_TO_RUN", "There is nothing to run yet: add a node.")] });
      return;
    }
    inFlight = true;
    const asked = newest;
    let news: EstimateNews;
    try {
      const answer = await ask(asked);
      news = answer.runnable === false ? { kind: "problems", problems: answer.problems } : { kind: "known", answer };
    } catch (error) {
      const problems = error instanceof ApiError && error.status === 422 ? error.problem?.problems : undefined;
      news = problems ? { kind: "problems", problems } : { kind: "unknown", error };
    }
    inFlight = false;
    if (closed) return;
    if (!again && timer === undefined && sameToRun(asked, newest)) {
      tell(news);
      if (news.kind === "unknown") schedule(RETRY_MS);
    }
    if (again) {
      again = false;
      void go();
    }
  };

  return {
    /** The document is this now. */
    changed(graph: Graph): void {
      const counts = !newest || !sameToRun(newest, graph);
      newest = graph;
      if (!counts) return;
      tell({ kind: "asking" });
      schedule(QUIET_MS);
    },
    /** The cache changed: what the same document costs may be different now. */
    refresh(): void {
      if (newest) schedule(0);
    },
    close(): void {
      closed = true;
      timer?.();
    },
  };
}
