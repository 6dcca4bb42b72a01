import type { ImageValue, VerdictValue } from "../../protocol/values.ts";

/** A line of a verdict as a person reads it. `number` ties it to its box over the picture. */
export type VerdictLine = {
  id: string;
  title: string;
  score: number;
  passed: boolean;
  reason: string;
  /** Without it nothing passes, whatever the score. */
  must?: boolean;
  box?: readonly number[];
  number?: number;
};

/** The last verdict on a picture, and its lines: what failed first, then by score. */
export function verdictOn(picture: Pick<ImageValue, "verdicts"> | undefined): {
  verdict?: VerdictValue;
  lines: VerdictLine[];
} {
  const verdict = picture?.verdicts?.at(-1);
  if (!verdict) return { lines: [] };
  const sorted = [...verdict.checks].sort((a, b) => Number(a.passed) - Number(b.passed) || a.score - b.score);
  let boxes = 0;
  const lines = sorted.map(({ id, kind: _kind, box, ...check }): VerdictLine => {
    const shown = box?.length === 4 ? box : undefined;
    if (shown) boxes += 1;
    return { id, title: words(id), ...check, ...(shown ? { box: shown, number: boxes } : {}) };
  });
  return { verdict, lines };
}

/** `brand-style` → `Brand style`. */
const words = (id: string): string => {
  const plain = id.replace(/[-_]+/g, " ").trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
};
