import type { Method, Route } from "./http.ts";

/** What stands at an address: its routes by method and the values of its parameters. */
export type Found = { byMethod: ReadonlyMap<string, Route>; params: Record<string, string> };

type Place = { segments: string[]; byMethod: Map<Method, Route> };

/** Finds routes by path. A literal segment wins over a parameter; two routes for one method and path are a mistake. */
export function createRouter(routes: readonly Route[]): { find(path: string): Found | undefined } {
  const places = new Map<string, Place>();
  for (const route of routes) {
    const place = places.get(route.path) ?? { segments: route.path.split("/"), byMethod: new Map() };
    if (place.byMethod.has(route.method)) throw new Error(`Two routes for ${route.method} ${route.path}.`);
    place.byMethod.set(route.method, route);
    places.set(route.path, place);
  }
  const literals = (place: Place): number => place.segments.filter((s) => !s.startsWith(":")).length;
  const ordered = [...places.values()].sort((a, b) => literals(b) - literals(a));
  return {
    find(path) {
      const given = segmentsOf(path);
      for (const { segments, byMethod } of given ? ordered : []) {
        const params = match(segments, given ?? []);
        if (params) return { byMethod, params };
      }
      return undefined;
    },
  };
}

function segmentsOf(path: string): string[] | undefined {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function match(pattern: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, segment] of pattern.entries()) {
    const value = given[i] ?? "";
    if (segment.startsWith(":")) {
      if (value === "") return undefined;
      params[segment.slice(1)] = value;
    } else if (segment !== value) return undefined;
  }
  return params;
}
