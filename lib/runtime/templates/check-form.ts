import { checkDocument } from "../../protocol/check-document.ts";
import type { Graph } from "../../protocol/graph.ts";
import { type Problem, problem } from "../../protocol/problems.ts";
import type { PublishBody } from "../../protocol/templates.ts";

/** What is wrong with a form for the inputs of a graph. A field is named `form.<input>`. */
export function checkForm(graph: Graph, { form, description, notes }: Omit<PublishBody, "revision">): Problem[] {
  const inputs = new Map(graph.inputs.map((input) => [input.key, input]));
  const seen = new Set<string>();
  const problems = checkDocument({ form, description, notes });
  for (const { key, shown } of form.groups.flatMap(({ fields }) => fields)) {
    const where = { field: `form.${key}` };
    const input = inputs.get(key);
    if (!input) problems.push(problem("UNKNOWN_INPUT", `The form asks for "${key}", which this graph has not.`, where));
    if (seen.has(key)) problems.push(problem("DUPLICATE_FIELD", `The form asks for "${key}" twice.`, where));
    seen.add(key);
    if (input?.required && !shown && isEmpty(input.default)) {
      const message = `The input "${input.title || key}" needs a value: show it on the form, or give it a default.`;
      problems.push(problem("HIDDEN_INPUT", message, where));
    }
  }
  return problems;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";

/** How many inputs a form asks for: those it shows, and those it does not name. */
export function asksOf({ inputs }: Graph, { form }: Pick<PublishBody, "form">): number {
  const hidden = new Set(
    form.groups.flatMap(({ fields }) => fields.filter(({ shown }) => !shown).map(({ key }) => key)),
  );
  return inputs.filter(({ key }) => !hidden.has(key)).length;
}
