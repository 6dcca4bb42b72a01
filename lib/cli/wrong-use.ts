import type { Problem } from "#lib/protocol/problems.ts";

/** The command line asks for something that cannot be: exit code 2 and one sentence. `code` is stable (UPPER_SNAKE). */
export class WrongUse extends Error {
  readonly code: string;
  readonly where: Pick<Problem, "node" | "field">;
  constructor(code: string, message: string, where: Pick<Problem, "node" | "field"> = {}) {
    super(message);
    this.name = "WrongUse";
    this.code = code;
    this.where = where;
  }
}
