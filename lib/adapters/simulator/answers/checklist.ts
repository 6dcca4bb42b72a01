/** A question to be answered: its id and its words. */
export type Line = { id: string; question: string };

const FORMS = [
  /"id"\s*:\s*"([^"]+)"[^}\n]*?"(?:question|text|criterion)"\s*:\s*"([^"]+)"/g,
  /^\s*(?:[-*•]|\d+[.)])?\s*[[`(]?([a-z][\w-]{1,63})[\]`)]?\s*(?:[:=]|—|–|\s-\s)\s*(\S[^\n]*)$/gim,
];

/** Questions listed in a text, as `- id: question`, `[id] — question` or JSON. */
export function linesOf(text: string): Line[] {
  for (const form of FORMS) {
    const found = [...text.matchAll(form)].map(([, id, question]) => ({ id: id!, question: question! }));
    if (found.length > 0) return found;
  }
  return [];
}

/** The line of that id; when the text lists none, the id itself is the question. */
export function lineFor(id: string, lines: readonly Line[]): Line {
  return lines.find((line) => line.id === id) ?? { id, question: id.replace(/[-_]/g, " ") };
}
