/** A node that was opened, and the graph it stands in. */
export type WayIn = { graph: string; node: string };

/** Ways deeper than a run may go are not read from an address. */
const DEEPEST = 8;

/** The way that led into a graph, from the outermost one on, as an address tells it (`?in=outer~hero,hero-shot~sky`). Empty for one that was opened by itself. */
export const readWay = (given: string | null | undefined): WayIn[] =>
  (given ?? "")
    .split(",")
    .slice(0, DEEPEST)
    .flatMap((part) => {
      const [, graph, node] = /^([A-Za-z0-9._-]{1,100})~([A-Za-z0-9_-]{1,64})$/.exec(part) ?? [];
      return graph !== undefined && node !== undefined ? [{ graph, node }] : [];
    });

const written = (way: readonly WayIn[]): string => way.map(({ graph, node }) => `${graph}~${node}`).join(",");

/** The address of a graph that was reached on this way; `select` = the node to select when it is opened. */
export function addressOf(graph: string, way: readonly WayIn[], select?: string): string {
  const query = [way.length > 0 ? `in=${written(way)}` : "", select === undefined ? "" : `node=${select}`].filter(
    Boolean,
  );
  return `/graphs/${encodeURIComponent(graph)}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

/** The address of the graph around, with the node that was opened selected; undefined for the outermost one. */
export function addressAround(way: readonly WayIn[]): string | undefined {
  const last = way.at(-1);
  return last && addressOf(last.graph, way.slice(0, -1), last.node);
}

/** What a node is called in a run of the outermost graph: `hero/sky/draw`. */
export const pathInside = (way: readonly WayIn[]): string => way.map(({ node }) => node).join("/");
