/** A piece of text that both have, or only the newer (`added`), or only the older (`removed`). */
export type WordPiece = { kind: "same" | "added" | "removed"; text: string };

/** The table of the comparison has at most this many cells; beyond, the middle is shown as replaced whole. */
const CELLS = 1_000_000;

/**
 * What changed between two texts, word by word. The pieces that are not `added` make up the older text, those that are not `removed` the
 * newer one, to the character.
 */
export function wordDiff(older: string, newer: string): WordPiece[] {
  const [a, b] = [wordsOf(older), wordsOf(newer)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return joined([
    ...a.slice(0, start).map((text) => ({ kind: "same" as const, text })),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map((text) => ({ kind: "same" as const, text })),
  ]);
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];

/** The longest common subsequence, read off from its end backwards. */
function middle(a: readonly string[], b: readonly string[]): WordPiece[] {
  const replaced = (): WordPiece[] => [
    { kind: "removed", text: a.join("") },
    { kind: "added", text: b.join("") },
  ];
  if (a.length * b.length > CELLS) return replaced();
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: WordPiece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: "same", text: a[i] ?? "" });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: "removed", text: a[i] ?? "" });
      i += 1;
    } else {
      pieces.push({ kind: "added", text: b[j] ?? "" });
      j += 1;
    }
  }
  return pieces;
}

/** Neighbours of one kind as one piece, without empty ones. */
function joined(pieces: readonly WordPiece[]): WordPiece[] {
  const out: WordPiece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (piece.text === "") continue;
    if (last?.kind === piece.kind) out[out.length - 1] = { kind: last.kind, text: last.text + piece.text };
    else out.push(piece);
  }
  return out;
}
