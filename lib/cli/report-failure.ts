import { StepError } from "#lib/protocol/failure.ts";
import { InvalidError, problem } from "#lib/protocol/problems.ts";
import { WrongSettings } from "#lib/server/env.ts";
import type { Console } from "./console.ts";
import { EXIT } from "./exit-code.ts";
import { writeInvalid } from "./write-problems.ts";
import { WrongUse } from "./wrong-use.ts";

/**
 * Tells why a command could not do its work and gives its exit code: 2 for what the caller can mend (a bad graph, file, option or id), 1 for
 * everything else. Messages only: a stack could show paths and settings.
 */
export function reportFailure(console: Console, error: unknown, json: boolean): number {
  if (error instanceof InvalidError) {
    writeInvalid(console, error.problems, json);
    return EXIT.wrongUse;
  }
  if (error instanceof WrongUse) {
    writeInvalid(console, [problem(error.code, error.message, error.where)], json);
    return EXIT.wrongUse;
  }
  if (error instanceof WrongSettings) {
    writeInvalid(
      console,
      error.problems.map((sentence) => problem("WRONG_SETTING", sentence)),
      json,
    );
    return EXIT.wrongUse;
  }
  if (error instanceof StepError) {
    writeInvalid(console, [problem(error.code, error.message)], json);
    return EXIT.wrongUse;
  }
  const { code, message } = error as { code?: unknown; message?: string };
  const failure = { code: typeof code === "string" ? code : "internal", message: message ?? String(error) };
  console.say(["red", "error  "], " ", failure.message, ["dim", ` (${failure.code})`]);
  if (json) console.json({ status: "failed", error: failure });
  return EXIT.failed;
}
