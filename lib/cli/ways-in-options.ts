import type * as z from "zod";
import { InvalidError, problem } from "#lib/protocol/problems.ts";
import { WrongUse } from "./wrong-use.ts";

/** What a command is about. Throws WrongUse when it was left out. */
export function target(given: string | undefined, what: string): string {
  if (given !== undefined) return given;
  throw new WrongUse("BAD_OPTION", `Say which: give the id of ${what}.`);
}

export const unknownAction = (command: string, action: string): WrongUse =>
  new WrongUse("BAD_OPTION", `${command} ${action}: there is no such action. See: npx throughline ${command} --help`);

/** Options as the API's own shape reads them; those left out take its defaults. Throws InvalidError. */
export function readWish<T extends z.ZodType>(shape: T, given: Record<string, unknown>): z.output<T> {
  const read = shape.safeParse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  if (read.success) return read.data;
  throw new InvalidError(
    read.error.issues.map(({ path, message }) =>
      problem("BAD_OPTION", `${path.join(".")}: ${message}`, { field: path.join(".") }),
    ),
  );
}
