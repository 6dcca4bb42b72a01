/** JSON columns: `undefined` is stored as null and comes back as undefined. */
export const toJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** The value of a JSON column. The type is the writer's promise: rows are written by this folder only. */
export const fromJson = <T>(text: string | null): T | undefined =>
  text === null ? undefined : (JSON.parse(text) as T);

export const toFlag = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** null → undefined, so that an absent column leaves no trace in JSON documents. */
export const given = <T>(value: T | null): T | undefined => value ?? undefined;

/** A list cut into pieces of at most `size`, because databases limit the parameters of one statement. */
export function* inChunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/** A page size that cannot hurt, whatever a caller passes: 1 to 10,000. Outward limits are the caller's. */
export const pageSize = (limit: number): number => Math.max(1, Math.min(10_000, Math.trunc(limit) || 1));
