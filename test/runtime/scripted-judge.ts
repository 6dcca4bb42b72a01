import type { ProviderRequest } from "#lib/runtime/ports.ts";
import type { Script } from "./scripted-provider.ts";

type Judge = Extract<ProviderRequest, { lane: "judge" }>;
/** What the judge finds: one score for every line, or a score and reason line by line. */
export type Opinion = number | Record<string, number | { score: number; reason: string; box?: number[] }>;

type Schema = { properties?: Record<string, Schema> };

/** The pictures a request shows, in order. */
export const shownTo = (request: ProviderRequest): string[] =>
  "parts" in request ? request.parts.flatMap((part) => (part.type === "image" ? [part.asset] : [])) : [];

/** Fills the asked-for form with an opinion, by what the schema asks and nothing else. */
export function fillIn(request: Judge, opinion: Opinion, read = ""): unknown {
  const asked = (request.schema as Schema).properties ?? {};
  const lines = Object.keys(asked.lines?.properties ?? {}).map((id) => {
    const found = typeof opinion === "number" ? opinion : (opinion[id] ?? 1);
    const given = typeof found === "number" ? { score: found, reason: `About ${id}: ${found}.` } : found;
    return [id, { box: null, ...given }];
  });
  return { ...(asked.lines ? { lines: Object.fromEntries(lines) } : {}), ...(asked.read ? { read } : {}) };
}

/** A script that judges; pictures are drawn as ever. Each judge call costs 2,000 micro-USD. */
export function judging(opinion: (request: Judge, count: number) => Opinion | { json: unknown }): Script {
  let count = 0;
  return (request) => {
    if (request.lane !== "judge") return undefined;
    const found = opinion(request, count++);
    const json = typeof found === "object" && "json" in found ? found.json : fillIn(request, found as Opinion);
    return async () => ({ pictures: [], json, model: "judge-1", costMicro: 2000 });
  };
}
