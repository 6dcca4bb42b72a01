/** An id nobody has: a readable stem and five characters of chance. `chance` gives 0 ≤ x < 1. */
export function freshId(
  stem: string,
  chance: () => number = () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const tail = Array.from({ length: 5 }, () => letters[Math.floor(chance() * letters.length)]).join("");
  const plain = stem.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "") || "graph";
  return `${plain.slice(0, 90)}-${tail}`;
}

/** The same without the tail an earlier copy was given, so that copies of copies do not grow. */
export const stemOf = (id: string): string => id.replace(/-[a-hj-km-np-z2-9]{5}$/, "") || id;
