import * as z from "zod";

/**
 * One thing that is wrong with a graph, a setting or a request. `node`, `port` and `field` say where, `message` says what
 * to do about it. `code` is stable (UPPER_SNAKE); programs test against it.
 */
export const Problem = z.object({
  level: z.enum(["error", "warning"]),
  node: z.string().optional(),
  port: z.string().optional(),
  field: z.string().optional(),
  edge: z.string().optional(),
  /** Of a table, from 0 on. */
  row: z.int().optional(),
  code: z.string(),
  message: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** The document that answers `check`, a run that cannot start, and HTTP 422. */
export type Invalid = { status: "invalid"; problems: Problem[] };

/** Thrown where a document or request is refused as a whole. Carries every problem found, never only the first. */
export class InvalidError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map((p) => p.message).join("; "));
    this.name = "InvalidError";
    this.problems = problems;
  }
}

/** Shorthand for an error-level problem. */
export const problem = (code: string, message: string, where: Partial<Problem> = {}): Problem => ({
  level: "error",
  code,
  message,
  ...where,
});

/** Shorthand for a warning. */
export const warning = (code: string, message: string, where: Partial<Problem> = {}): Problem => ({
  ...problem(code, message, where),
  level: "warning",
});

/** True when at least one problem stops the graph from running. */
export const hasErrors = (problems: readonly Problem[]): boolean => problems.some((p) => p.level === "error");
