import type { PublishBody, Template, TemplateDraft, TemplateRef, TemplateSummary } from "../../protocol/templates.ts";
import type { Estimate, StartRun } from "../studio-api.ts";

/** What to run of a template: the current revision, or the one that is named. */
export type StartTemplate = Omit<StartRun, "graph"> & { revision?: number };

/** Published graphs. Every revision is immutable and runs for ever as it did; one of them is current. */
export type Templates = {
  /** Makes the next revision and makes it current. Undefined: no such graph or revision of it. Throws InvalidError with every problem of a graph that cannot run. */
  publish(graphId: string, request: PublishBody): Promise<Template | undefined>;
  /** What the next publication of a graph begins with. Undefined: no such graph. */
  draft(graphId: string): Promise<TemplateDraft | undefined>;
  /** The current revision of each published template, by id; of `only` one where it is named. */
  list(page: { limit: number; after?: string; only?: string }): Promise<TemplateSummary[]>;
  /** The current revision, or the one that is named (also of a template that was taken back). */
  get(id: string, revision?: number): Promise<Template | undefined>;
  /** Every revision, newest first; those before one when it is given. Empty for an unknown template. */
  revisions(id: string, page: { limit: number; before?: number }): Promise<TemplateSummary[]>;
  /** Rolls back, goes forward, or publishes again. Undefined: no such revision. */
  makeCurrent(id: string, revision: number): Promise<Template | undefined>;
  /** Nothing runs from it any more until a revision is made current again. False: it was not published. */
  unpublish(id: string): Promise<boolean>;
  /** The request as `startRun` and batches take it, with the revision's own document. Throws InvalidError UNKNOWN_TEMPLATE. */
  requestOf(id: string, request: StartTemplate): Promise<StartRun & { template: TemplateRef }>;
  /** Throws like `startRun`, and InvalidError UNKNOWN_TEMPLATE. */
  startRun(id: string, request: StartTemplate): Promise<{ runId: string; created: boolean }>;
  estimate(id: string, request: StartTemplate): Promise<Estimate>;
};
