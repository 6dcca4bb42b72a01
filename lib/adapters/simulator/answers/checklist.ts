/** A question to be answered: its id and its words. */
export type Line = { id: string; question: string };

const FORMS = [
  /"id"\s*:\s*"([^"]+)"[^}\n]*?"(?:question|text|criterion)"\s*:\s*"([^"]+)"/g,
  // Bulleted or numbered first: a plain "word: …" at the start of a line is often only a heading.
  /^[^\S\n]*(?:[-*•]|\d+[.)])[^\S\n]*[[`(]?([a-z0-9][\w-]{0,63})[\]`)]?[^\S\n]*(?:[:=]|—|–|\s-\s)[^\S\n]*(\S[^\n]*)$/gim,
  /^[^\S\n]*[[`(]?([a-z][\w-]{1,63})[\]`)]?[^\S\n]*(?:[:=]|—|–|\s-\s)[^\S\n]*(\S[^\n]*)$/gim,
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
