import type { GraphInput } from "../../../protocol/graph.ts";
import type { FormField, FormGroup, FormLayout } from "../../../protocol/templates.ts";

/** A layout that names every input of a graph exactly once and none it has not: what is new stands at the end. Always at least one group. */
export function wholeLayout(inputs: readonly GraphInput[], { groups }: FormLayout): FormGroup[] {
  const left = new Set(inputs.map(({ key }) => key));
  const kept = groups.map((group) => ({ ...group, fields: group.fields.filter(({ key }) => left.delete(key)) }));
  const rest = [...left].map((key): FormField => ({ key, shown: true }));
  const last = kept.at(-1);
  if (!last) return [{ title: "", fields: rest }];
  return [...kept.slice(0, -1), { ...last, fields: [...last.fields, ...rest] }];
}

/** A layout as it is published: groups that are empty, and words nobody wrote, are left out. */
export const publishedLayout = (groups: readonly FormGroup[]): FormLayout => ({
  groups: groups
    .filter(({ fields }) => fields.length > 0)
    .map(({ title, help, fields }) => ({
      title: title.trim(),
      ...(help?.trim() ? { help: help.trim() } : {}),
      fields: fields.map(({ key, shown, ...words }) => ({
        key,
        ...Object.fromEntries(Object.entries(words).filter(([, text]) => text?.trim())),
        shown,
      })),
    })),
});

export const changeField = (groups: readonly FormGroup[], key: string, part: Partial<FormField>): FormGroup[] =>
  groups.map((group) => ({
    ...group,
    fields: group.fields.map((field) => (field.key === key ? { ...field, ...part } : field)),
  }));

/** One place up (-1) or down (1), over the edge of its group into the one beside it. The same list where there is no place. */
export function moveField(groups: readonly FormGroup[], key: string, by: -1 | 1): readonly FormGroup[] {
  const at = groups.findIndex(({ fields }) => fields.some((field) => field.key === key));
  const fields = groups[at]?.fields ?? [];
  const place = fields.findIndex((field) => field.key === key);
  const field = fields[place];
  if (!field) return groups;
  const beside = fields[place + by];
  if (beside) return groups.with(at, { ...groups[at]!, fields: fields.with(place, beside).with(place + by, field) });
  const other = groups[at + by];
  if (!other) return groups;
  return groups
    .with(at, { ...groups[at]!, fields: fields.filter((one) => one !== field) })
    .with(at + by, { ...other, fields: by < 0 ? [...other.fields, field] : [field, ...other.fields] });
}

export const addGroup = (groups: readonly FormGroup[]): FormGroup[] => [...groups, { title: "", fields: [] }];

export const changeGroup = (groups: readonly FormGroup[], at: number, part: Partial<FormGroup>): FormGroup[] =>
  groups.map((group, index) => (index === at ? { ...group, ...part } : group));

/** Its fields go to the group above, or to the one below where it is the first. The last group stays. */
export function removeGroup(groups: readonly FormGroup[], at: number): readonly FormGroup[] {
  const gone = groups[at];
  if (!gone || groups.length < 2) return groups;
  const into = at === 0 ? 1 : at - 1;
  return groups.flatMap((group, index) => {
    if (index === at) return [];
    if (index !== into) return [group];
    return [{ ...group, fields: at === 0 ? [...gone.fields, ...group.fields] : [...group.fields, ...gone.fields] }];
  });
}
