import type * as z from "zod";
import type { Problem } from "../protocol/problems.ts";
import type { Outputs, Value } from "../protocol/values.ts";
import type { NodeContext } from "./context.ts";
import type { InputsOf, OutputsOf, Ports } from "./ports.ts";

/** `pure`: cached always; `model`: cached until a new take; `world`: once per run, never cached. */
export type Effect = "pure" | "model" | "world";
export const GROUPS = ["words", "sources", "model", "image", "quality", "output", "plumbing"] as const;
export type Group = (typeof GROUPS)[number];

/**
 * Returned by `run` in place of outputs: the step waits for an answer, holding no worker. `about` = what the person is shown. After `timeout` (ISO 8601
 * duration) without an answer, `otherwise` is the answer.
 */
export type Pause = { pause: true; question?: unknown; about?: Value[]; timeout?: string; otherwise?: unknown };

/** What an answer is checked against: the items that wait with what they show, and where each output leads. */
export type Asked = { items: readonly { index: number; about: readonly Value[] }[]; way(output: string): string };

/**
 * An example is documentation, test and starter graph at once. Image inputs are named fixtures: `"@landscape"`, `"@portrait"`,
 * `"@square"`, `"@alpha"`, `"@mask"` (see test/nodes/example-values.ts); everything else is a value. `gives` is compared after the run: a function sees the
 * outputs and returns true or a sentence that says what is wrong.
 */
export type Example = {
  name: string;
  config?: Record<string, unknown>;
  inputs?: Record<string, unknown>;
  gives: Record<string, unknown> | ((outputs: Outputs) => true | string);
  fails?: string;
};

/** The saved graph a node stands for: one revision of it. */
export type NodeLink = { graph: string; revision: number; inputs: Readonly<Record<string, unknown>> };
export type NodePorts = { inputs: Ports; outputs: Ports };

export type NodeDefinition<
  I extends Ports = Ports,
  O extends Ports = Ports,
  C extends z.ZodObject = z.ZodObject,
  A extends z.ZodType = z.ZodType,
> = {
  type: string;
  version: number;
  title: string;
  group: Group;
  /** lucide icon name, kebab-case. */
  icon?: string;
  /** Markdown: what it does, units, sources of facts. */
  docs: string;
  effect: Effect;
  inputs: I;
  outputs: O;
  /**
   * Settings. A text field that takes late names says so with `.meta({ late: ["label", ...STEP_NAMES, "#"] })` (`#` = `{{1}}`, `{{2}}` …);
   * a number names its `unit`; one that counts only beside another says so with `when: { mode: "free" }` and is hidden otherwise;
   * one that never changes the result (how it is shown while it is made) says `.meta({ notKeyed: true })` and stays out of the cache key.
   */
  config: C;
  /** What the schema alone cannot say, e.g. a size a model cannot draw. `field` is relative to config. */
  check?(config: z.output<C>): Omit<Problem, "level" | "node">[];
  /** What settings and wires say together; `wired` holds the names of the input ports that have an edge. */
  checkWiring?(config: z.output<C>, wired: ReadonlySet<string>): Omit<Problem, "level" | "node">[];
  /**
   * Most values one item can put on one output; left out = 1. `lists` holds the expected length of each input port's list. Keeps the
   * planned number of items in bounds.
   */
  expands?(config: z.output<C>, lists: Readonly<Record<string, number>>): number;
  /** `false`: there is nothing to run, e.g. a note. */
  runs?: false;
  /**
   * This node stands for a saved graph, which a run puts in its place: which one, and what it gives to its inputs (not filled in yet). Undefined while none
   * is named. Its own `run` is never called then.
   */
  link?(config: Record<string, unknown>): NodeLink | undefined;
  /** Settings made anew for a graph it is to stand for, with what it shows of itself. */
  linkTo?(
    config: Record<string, unknown>,
    to: { graph: string; revision: number; ports: NodePorts },
  ): Record<string, unknown>;
  /** Ports that follow from the settings as they are written; left out: `inputs` and `outputs` are all there are. */
  portsFor?(config: Record<string, unknown>): NodePorts;
  run(ctx: NodeContext, inputs: InputsOf<I>, config: z.output<C>): Promise<OutputsOf<O> | Pause>;
  /**
   * Outputs of which it matters for the result whether anything takes on what leaves there (`ctx.way`): the loop has a pass left, the port is
   * wired. They count for the cache key.
   */
  heeds?: readonly string[];
  /**
   * What an item gives at most, for estimates, where a judge or a person would have to be asked, or the pictures do not exist yet. Left out: what `run`
   * gives on stand-ins.
   */
  guess?(
    inputs: InputsOf<I>,
    config: z.output<C>,
    facts: { way(output: string): "open" | "over" | "unwired" },
  ): OutputsOf<O>;
  /** Declaring it says: this node may wait; the form is drawn from it. */
  answer?: A;
  /** What the schema alone cannot say of an answer. `field` is relative to the answer. */
  checkAnswer?(answer: z.output<A>, asked: Asked, config: z.output<C>): Omit<Problem, "level" | "node">[];
  resume?(
    ctx: NodeContext,
    state: { inputs: InputsOf<I>; answer: z.output<A> },
    config: z.output<C>,
  ): Promise<OutputsOf<O>>;
  /** Config of an older `version` → config of the next one. */
  migrate?: Record<number, (old: Record<string, unknown>) => Record<string, unknown>>;
  examples: Example[];
};

/** Identity with inference: the one call a node file makes. */
export function defineNode<
  const I extends Ports,
  const O extends Ports,
  C extends z.ZodObject,
  A extends z.ZodType = z.ZodType,
>(definition: NodeDefinition<I, O, C, A>): AnyNode {
  return definition as unknown as AnyNode;
}

/** A node definition whose port types have been forgotten, as the registry holds it. */
export type AnyNode = Omit<
  NodeDefinition,
  "run" | "resume" | "check" | "checkWiring" | "checkAnswer" | "expands" | "guess"
> & {
  check?(config: Record<string, unknown>): Omit<Problem, "level" | "node">[];
  checkWiring?(config: Record<string, unknown>, wired: ReadonlySet<string>): Omit<Problem, "level" | "node">[];
  expands?(config: Record<string, unknown>, lists: Readonly<Record<string, number>>): number;
  guess?(
    inputs: Record<string, Value | Value[] | undefined>,
    config: Record<string, unknown>,
    facts: { way(output: string): "open" | "over" | "unwired" },
  ): Record<string, Value | Value[] | undefined>;
  checkAnswer?(answer: unknown, asked: Asked, config: Record<string, unknown>): Omit<Problem, "level" | "node">[];
  run(
    ctx: NodeContext,
    inputs: Record<string, Value | Value[] | undefined>,
    config: Record<string, unknown>,
  ): Promise<Record<string, Value | Value[] | undefined> | Pause>;
  resume?(
    ctx: NodeContext,
    state: { inputs: Record<string, Value | Value[] | undefined>; answer: unknown },
    config: Record<string, unknown>,
  ): Promise<Record<string, Value | Value[] | undefined>>;
};

/** Did `run` ask to wait? */
export const isPause = (result: object): result is Pause => (result as Pause).pause === true;
