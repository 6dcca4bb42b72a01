/** Are two values of JSON the same, whatever objects they are? Absent and undefined are alike. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, index) => sameValue(one, b[index]))
    );
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => sameValue(left[key], right[key]));
}

/** The map of before when nothing is different, else a new one in which every entry that is the same is the very same object. */
export function keepSame<T>(next: ReadonlyMap<string, T>, before: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  let changed = next.size !== before.size;
  const kept = new Map<string, T>();
  for (const [key, value] of next) {
    const known = before.get(key);
    const same = known !== undefined && sameValue(known, value);
    changed ||= !same;
    kept.set(key, same ? known : value);
  }
  return changed ? kept : before;
}
