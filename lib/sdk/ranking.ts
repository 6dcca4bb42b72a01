/** How one of two fares against the other: 1 = the first is better, −1 = the second, 0 = no difference. */
export type Compare = (first: number, second: number) => Promise<number>;

/** Up to this many, each is compared with each. */
export const MOST_ALL_PAIRS = 6;

/**
 * The best `count` of `size` things, best first, by their places. Up to six: each is compared with each, and points are counted. More: a
 * knock-out whose tree is kept, so that each further place costs one path through it: at most size − 1 + (count − 1) · ⌈log2 size⌉ comparisons. Where two are
 * alike, the earlier one is better; a judge who prefers by place alone therefore changes nothing. Nothing is compared when all are wanted.
 */
export async function bestOf(size: number, count: number, compare: Compare): Promise<number[]> {
  const places = Array.from({ length: size }, (_, place) => place);
  if (count >= size) return places;
  return size <= MOST_ALL_PAIRS ? await byPoints(places, count, compare) : await byKnockout(places, count, compare);
}

async function byPoints(places: readonly number[], count: number, compare: Compare): Promise<number[]> {
  const pairs = places.flatMap((a) => places.slice(a + 1).map((b): [number, number] => [a, b]));
  const results = await Promise.all(pairs.map(([a, b]) => compare(a, b)));
  const points = places.map(() => 0);
  pairs.forEach(([a, b], index) => {
    const won = Math.sign(results[index] ?? 0);
    points[a] = (points[a] ?? 0) + won;
    points[b] = (points[b] ?? 0) - won;
  });
  return places.toSorted((a, b) => (points[b] ?? 0) - (points[a] ?? 0) || a - b).slice(0, count);
}

/** A binary tree in an array: node n has the children 2n and 2n + 1, the leaves are the things; a node holds the better of its children. */
async function byKnockout(places: readonly number[], count: number, compare: Compare): Promise<number[]> {
  const width = 2 ** Math.ceil(Math.log2(places.length));
  const tree: (number | undefined)[] = Array.from({ length: width }, (): number | undefined => undefined);
  tree.push(...places, ...Array.from({ length: width - places.length }, () => undefined));
  const asked = new Map<string, number>();
  const better = async (a: number | undefined, b: number | undefined): Promise<number | undefined> => {
    if (a === undefined || b === undefined) return a ?? b;
    const [first, second] = a < b ? [a, b] : [b, a];
    const key = `${first}/${second}`;
    const won = asked.get(key) ?? (await compare(first, second));
    asked.set(key, won);
    return won < 0 ? second : first;
  };
  const play = async (nodes: readonly number[]) => {
    const won = await Promise.all(nodes.map((node) => better(tree[2 * node], tree[2 * node + 1])));
    nodes.forEach((node, index) => {
      tree[node] = won[index];
    });
  };
  for (let row = width / 2; row >= 1; row /= 2) await play(Array.from({ length: row }, (_, index) => row + index));
  const best: number[] = [];
  while (best.length < count) {
    const champion = tree[1];
    if (champion === undefined) break;
    best.push(champion);
    let leaf = width + champion;
    tree[leaf] = undefined;
    while (leaf > 1 && best.length < count) {
      leaf = Math.floor(leaf / 2);
      await play([leaf]);
    }
  }
  return best;
}
