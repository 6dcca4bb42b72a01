import type { Graph } from "../../../protocol/graph.ts";
import type { ProblemDocument, RevisionList } from "../../../protocol/http.ts";
import { ApiError } from "../../call-api.ts";
import type { GraphVersion } from "../state.ts";

/** What the server made of a save. `refused` is a sentence for people: the same document would be refused again. */
export type SaveAnswer =
  | { saved: { revision: number; etag: string } }
  | { conflict: GraphVersion }
  | { refused: string };

/** The saved graphs of the server. Methods throw TypeError when it cannot be reached and ApiError when it cannot answer (now). */
export type GraphServer = {
  /** The newest revision or the one asked for; undefined when there is none. */
  load(id: string, revision?: number): Promise<GraphVersion | undefined>;
  /** The newest revision when it is another than the one with this etag, else "same". */
  news(id: string, etag: string): Promise<GraphVersion | "same" | undefined>;
  /** Saves over the revision with this etag; without one the graph must be new. */
  save(id: string, graph: Graph, etag: string | undefined): Promise<SaveAnswer>;
  revisions(id: string, before?: number): Promise<RevisionList>;
};

const path = (id: string, rest = ""): string => `/api/graphs/${encodeURIComponent(id)}${rest}`;
/** Answers that say nothing about the document: trying again may help. */
const PASSING = new Set([401, 403, 408, 421, 425, 429]);

/** The server over HTTP. `ask` is the browser's fetch. */
export const createGraphServer = (ask: typeof fetch = (...args) => fetch(...args)): GraphServer => ({
  async load(id, revision) {
    // A browser writes every 404 down as an error; asking whether there is a graph is none.
    const asked = revision === undefined ? "?absent=ok" : `?absent=ok&revision=${revision}`;
    const answer = await ask(path(id, asked), { cache: "no-store" });
    return answer.status === 204 ? undefined : await versionOf(answer);
  },
  async news(id, etag) {
    const answer = await ask(path(id, "?absent=ok"), { cache: "no-store", headers: { "if-none-match": `"${etag}"` } });
    if (answer.status === 304) return "same";
    return answer.status === 204 ? undefined : await versionOf(answer);
  },
  async save(id, graph, etag) {
    const answer = await ask(path(id), {
      method: "PUT",
      headers: { "content-type": "application/json", ...(etag === undefined ? {} : { "if-match": `"${etag}"` }) },
      body: JSON.stringify(graph),
    });
    if (answer.ok) {
      const { revision, etag: next } = (await answer.json()) as { revision: number; etag: string };
      return { saved: { revision, etag: next } };
    }
    const problem = await problemOf(answer);
    if ((answer.status === 412 || answer.status === 428) && problem?.current) return { conflict: problem.current };
    if (answer.status >= 500 || PASSING.has(answer.status)) throw new ApiError(answer.status, problem);
    const [first] = problem?.problems ?? [];
    return { refused: first?.message ?? problem?.detail ?? `The server answered ${answer.status}.` };
  },
  async revisions(id, before) {
    const answer = await ask(path(id, `/revisions?limit=50${before === undefined ? "" : `&before=${before}`}`), {
      cache: "no-store",
    });
    if (answer.status === 404) return { revisions: [] };
    if (!answer.ok) throw new ApiError(answer.status, await problemOf(answer));
    return (await answer.json()) as RevisionList;
  },
});

async function versionOf(answer: Response): Promise<GraphVersion> {
  if (!answer.ok) throw new ApiError(answer.status, await problemOf(answer));
  const etag = (answer.headers.get("etag") ?? "").replace(/^"(.*)"$/, "$1");
  return {
    graph: (await answer.json()) as Graph,
    etag,
    revision: Number(answer.headers.get("throughline-revision")),
  };
}

async function problemOf(answer: Response): Promise<(ProblemDocument & { current?: GraphVersion }) | undefined> {
  if (!answer.headers.get("content-type")?.includes("problem+json")) return undefined;
  return (await answer.json()) as ProblemDocument & { current?: GraphVersion };
}
