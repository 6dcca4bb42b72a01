import type { GraphInput } from "../../protocol/graph.ts";
import type { FormLayout } from "../../protocol/templates.ts";

/** One question of a form, with its words: those of the layout, else the graph's own. */
export type AskedField = {
  input: GraphInput;
  title: string;
  help?: string;
  placeholder?: string;
};
export type AskedGroup = { title: string; help?: string; fields: AskedField[] };

/** What a form asks for, in its order. Inputs the layout does not name stand at the end; those it hides are left out. */
export function askedGroups(inputs: readonly GraphInput[], { groups }: FormLayout): AskedGroup[] {
  const rest = new Map(inputs.map((input) => [input.key, input]));
  const asked = groups.map(({ title, help, fields }) => ({
    title,
    help,
    fields: fields.flatMap(({ key, shown, ...words }) => {
      const input = rest.get(key);
      rest.delete(key);
      return input && shown ? [askedField(input, words)] : [];
    }),
  }));
  const others = [...rest.values()].map((input) => askedField(input, {}));
  return [...asked, { title: "", fields: others }].filter(({ fields }) => fields.length > 0);
}

const askedField = (input: GraphInput, words: { title?: string; help?: string; placeholder?: string }): AskedField => ({
  input,
  title: words.title || input.title || input.key.replace(/[_-]+/g, " ").replace(/^./, (c) => c.toUpperCase()),
  help: words.help || input.description,
  placeholder: words.placeholder,
});
