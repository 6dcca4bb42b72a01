import type { GraphInput } from "../../../protocol/graph.ts";

/** A name that may be written between braces. `says`: what it stands for. */
export type KnownName = { name: string; says: string };

/** Late names spelled out: what each stands for when the step runs. */
const LATE: readonly KnownName[] = [
  { name: "graph.name", says: "Name of the graph" },
  { name: "graph.id", says: "Id of the graph" },
  { name: "run.date", says: "Day of the run" },
  { name: "run.id", says: "Id of the run" },
  { name: "label", says: "Label of the picture" },
  { name: "item", says: "Its place in the list, from 1" },
];

/** Everything a text may name: the graph's inputs, its late names, and `upstream` texts by number. */
export function knownNames(inputs: readonly GraphInput[], late: readonly string[], upstream: number): KnownName[] {
  const covers = (name: string) =>
    late.some((known) => known === name || (known.endsWith(".*") && name.startsWith(known.slice(0, -1))));
  const spelled = LATE.filter(({ name }) => covers(name));
  const others = late.filter(
    (name) => name !== "#" && !name.endsWith(".*") && !LATE.some((known) => known.name === name),
  );
  return [
    ...inputs.filter(({ type }) => type !== "image").map(({ key, title }) => ({ name: key, says: title ?? key })),
    ...(late.includes("#")
      ? Array.from({ length: upstream }, (_, index) => ({ name: String(index + 1), says: `Wired text ${index + 1}` }))
      : []),
    ...spelled,
    ...others.map((name) => ({ name, says: "Known when the step runs" })),
  ];
}

/** What is being written at the caret, and what it could become; undefined when the caret stands in no open braces. */
export type Completion = { from: number; to: number; typed: string; names: readonly KnownName[] };

/** Looks for `{{` just before the caret and offers the names that begin with, then those that hold, what follows it. */
export function completionAt(text: string, caret: number, names: readonly KnownName[]): Completion | undefined {
  const open = text.lastIndexOf("{{", caret);
  if (open < 0 || open + 2 > caret || text[open - 1] === "\\") return undefined;
  const typed = text.slice(open + 2, caret);
  if (!/^\s*[A-Za-z0-9_.-]*$/.test(typed)) return undefined;
  const word = typed.trim().toLowerCase();
  const begins = names.filter(({ name }) => name.toLowerCase().startsWith(word));
  const holds = names.filter(
    ({ name, says }) => !begins.some((one) => one.name === name) && `${name} ${says}`.toLowerCase().includes(word),
  );
  const found = [...begins, ...holds];
  // The rest of a name and its closing braces are written over.
  const rest = /^[A-Za-z0-9_.-]*(?:\s*\}\})?/.exec(text.slice(caret))?.[0] ?? "";
  const closed = rest.endsWith("}}");
  if (found.length === 0 || (closed && found.some(({ name }) => `${name}}}` === `${typed.trim()}${rest.trim()}`)))
    return undefined;
  return { from: open, to: closed ? caret + rest.length : caret, typed: word, names: found };
}

/** The text with a name put in, and where the caret stands then. */
export function complete(text: string, { from, to }: Completion, name: string): { text: string; caret: number } {
  const put = `{{${name}}}`;
  return { text: `${text.slice(0, from)}${put}${text.slice(to)}`, caret: from + put.length };
}
