import { ApiError, sayWhy } from "../call-api.ts";
import type { AskedGroup } from "./form-fields.ts";

/** What the server said no to: each sentence at the field it is about, and one for the whole form where there is more. */
export type Told = { fields: Map<string, string>; form?: string };

/** Sorts a refusal by the fields of a form. */
export function toldProblems(error: unknown, groups: readonly AskedGroup[]): Told {
  const problems =
    error instanceof ApiError ? error.problem?.problems?.filter(({ level }) => level === "error") : undefined;
  if (!problems || problems.length === 0) return { fields: new Map(), form: sayWhy(error) };
  const titles = new Map(groups.flatMap(({ fields }) => fields.map(({ input, title }) => [input.key, title] as const)));
  const fields = new Map<string, string>();
  const rest: string[] = [];
  for (const { field, message } of problems) {
    const title = field === undefined ? undefined : titles.get(field);
    if (field === undefined || title === undefined) rest.push(message);
    else if (!fields.has(field)) fields.set(field, message.replace(`The input "${field}"`, title));
  }
  return { fields, ...(rest.length > 0 ? { form: [...new Set(rest)].join(" ") } : {}) };
}
