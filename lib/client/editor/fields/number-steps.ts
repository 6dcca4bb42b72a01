type Bounds = { integer: boolean; min?: number; max?: number; step: number };

/** A number so many steps further, within its bounds and without the dust of binary fractions. */
export function stepped({ integer, min, max, step }: Bounds, from: number | undefined, steps: number): number {
  const raw = (from ?? min ?? 0) + steps * step;
  const held = Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? Number.NEGATIVE_INFINITY, raw));
  return integer ? Math.round(held) : Number(held.toFixed(6));
}

/** What a person typed as a number, with a comma or a point; undefined while it is none yet. */
export function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace("−", "-")
    .replace(/^(-?\d*),(\d+)$/, "$1.$2");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : undefined;
}
