import type { Failure } from "../protocol/failure.ts";
import type { Graph, GraphEdge } from "../protocol/graph.ts";
import type { Problem } from "../protocol/problems.ts";
import type { StepState } from "../protocol/run.ts";
import type { Outputs, PortKind, Value } from "../protocol/values.ts";

export type PortShape = { kind: PortKind; many?: boolean; optional?: boolean };

export type NodePorts = { inputs: Record<string, PortShape>; outputs: Record<string, PortShape> };

/** A saved graph that a node stands for: one revision of it, and what the node gives to its inputs, before anything is filled in. */
export type GraphLink = { graph: string; revision: number; inputs: Readonly<Record<string, unknown>> };

/** Saved graphs by `id@revision`; where one cannot be had, why not. */
export type LinkedGraphs = ReadonlyMap<string, Graph | readonly Problem[]>;

/** All the engine knows of a node type. It never learns its name's meaning and never sees its code. */
export type NodeShape = {
  type: string;
  version: number;
  effect: "pure" | "model" | "world";
  inputs: Record<string, PortShape>;
  outputs: Record<string, PortShape>;
  /** True when the type may wait for an answer. */
  waits: boolean;
  /** Settings by name, to warn about unknown ones; each with the late names its text may hold (`#` = {{1}}, {{2}}…). */
  fields: Record<string, { late?: readonly string[] }>;
  /** Parses a config whose inputs are filled. Problems carry `field`. */
  parse(config: Record<string, unknown>): { config: Record<string, unknown>; problems: Omit<Problem, "node">[] };
  /** What the config, as far as it is right, and the wired input ports say together. Problems carry `port` or `field`. */
  checkWiring?(config: Record<string, unknown>, wired: ReadonlySet<string>): Omit<Problem, "node">[];
  /** Config of an older version → the current one. */
  migrate(config: Record<string, unknown>, from: number): Record<string, unknown>;
  /** True when the step has something to run at all; false for notes. */
  runs: boolean;
  /** For a type that stands for a saved graph, which a run puts in its place: which one; undefined while none is named. Reads a config as it is written. */
  link?(config: Record<string, unknown>): GraphLink | undefined;
  /** For a type whose ports follow from its settings. */
  ports?(config: Record<string, unknown>): NodePorts;
  /** Settings that do not change results and so never count for the cache key. */
  notKeyed?: readonly string[];
  /** Outputs of which it counts, for the result and so for the cache key, whether anything takes on what leaves there (see way.ts). */
  heeds?: readonly string[];
  /**
   * Upper bound of the values one item puts on one output (default 1); `lists` holds the expected length of each input port's list.
   * Only for the static estimate that refuses plans too large to run.
   */
  expands?(config: Record<string, unknown>, lists: Readonly<Record<string, number>>): number;
};

/** Node types by name; a fixed registry, never an import by path. */
export type Catalogue = { get(type: string): NodeShape | undefined; types(): string[] };

export type PlanEdge = GraphEdge & { index: number };

/** A loop: `body` in no order; `passes` ≥ 1; `parent` = the loop it nests in. */
export type PlanLoop = {
  id: string;
  edge: PlanEdge;
  target: string;
  source: string;
  body: ReadonlySet<string>;
  passes: number;
  parent?: string;
  /** How many loops surround this one: its position in `PlanNode.loops`. */
  depth: number;
  /** Forward edges that leave the body and stay inside the loop around it. */
  exits: readonly PlanEdge[];
};

export type PlanNode = {
  id: string;
  title: string;
  shape: NodeShape;
  /** Parsed, inputs filled; late names still in place. */
  config: Record<string, unknown>;
  take: number;
  muted: boolean;
  /** Known before the run to give nothing: muted, or in need of something that only such nodes could give. */
  silent: boolean;
  pin?: string;
  onError: "stop" | "continue";
  /** Output ports including `error` when offered. */
  outputs: Record<string, PortShape>;
  /** Edges into each input port, in document order; loop edges apart. */
  incoming: ReadonlyMap<string, readonly PlanEdge[]>;
  loopIncoming: ReadonlyMap<string, readonly PlanEdge[]>;
  outgoing: readonly PlanEdge[];
  /** Loops around this node, outermost first. */
  loops: readonly PlanLoop[];
  /** Topological rank over forward edges. */
  rank: number;
};

/** A graph that can run: everything resolved, indexed once, so that a decision costs the same at 10 and at 1,000 nodes. */
export type Plan = {
  graphId: string;
  graphName: string;
  nodes: ReadonlyMap<string, PlanNode>;
  order: readonly string[];
  loops: readonly PlanLoop[];
};

/** What the engine reads of a step row. */
export type StepRow = {
  nodeId: string;
  pass: number;
  state: StepState;
  outputs?: Outputs;
  /**
   * By output port: which of the step's items made each value. A port left out (and any row from before this was kept) means that the
   * first item made the first value, the second the second, and so on.
   */
  from?: Record<string, number[]>;
  error?: Failure;
};

/** Step rows by `stepKey`. Only this is read; whoever reads the same rows decides the same. */
export type Steps = { get(key: string): StepRow | undefined };

/** What must become of a step now. `wait` = not decidable yet. */
export type Ruling =
  | { act: "wait" }
  | { act: "start" }
  | { act: "skip"; why: string }
  | { act: "fail"; error: Failure }
  | { act: "block"; error: Failure }
  | { act: "cancel" };

/** Inputs of a step, brought together: one record per item. */
export type Gathered = { items: Record<string, Value | Value[] | undefined>[] };
