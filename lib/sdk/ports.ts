import type { PortKind, ValueOf } from "../protocol/values.ts";

/**
 * One typed end of a node. A single-valued port receives one value per item; `many` receives the whole list and accepts
 * many edges; `optional` may stay unwired. Outputs are always lists on the edge; `run` may return one value or a list.
 */
export type Port = {
  kind: PortKind;
  many?: boolean;
  optional?: boolean;
  title?: string;
  description?: string;
};
export type Ports = Record<string, Port>;

type InputOf<P extends Port> = P["many"] extends true
  ? ValueOf[P["kind"]][]
  : P["optional"] extends true
    ? ValueOf[P["kind"]] | undefined
    : ValueOf[P["kind"]];

/** What `run` receives for a set of input ports: many → list (possibly empty), optional → value or undefined. */
export type InputsOf<I extends Ports> = { [K in keyof I]: InputOf<I[K]> };

/** What `run` may return: an output left out did not fire. `error` is offered when the node says `onError: continue`. */
export type OutputsOf<O extends Ports> = { [K in keyof O]?: ValueOf[O[K]["kind"]] | ValueOf[O[K]["kind"]][] };
