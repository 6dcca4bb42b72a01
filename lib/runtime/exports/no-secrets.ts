import { StepError } from "../../protocol/failure.ts";
import { looksSecret } from "../../protocol/looks-secret.ts";

/** Throws StepError SECRET_IN_EXPORT when a text that is about to leave seems to hold a key or a password; `what` names the text, never its words. */
export function refuseSecrets(text: string | undefined, what: string): void {
  if (text !== undefined && looksSecret(text))
    throw new StepError(
      "SECRET_IN_EXPORT",
      `${what} holds what looks like a key or a password, so it is not exported. Take it out, or export without.`,
    );
}

/** JSON for people and programs, indented, in which texts that look like keys are left out with a word in their place. */
export const jsonWithoutSecrets = (value: unknown): string =>
  JSON.stringify(
    value,
    (_name, inner: unknown) =>
      typeof inner === "string" && looksSecret(inner) ? "[left out: it looks like a key]" : inner,
    2,
  );
