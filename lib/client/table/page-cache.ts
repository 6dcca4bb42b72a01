/** Pages of rows of a long table, fetched when they are looked at and let go again: memory stays flat however long the table is. */
export type PageCache<Row> = {
  /** The row when it is here; asks for its page when it is not. */
  row(index: number): Row | undefined;
  /** Asks for the pages of these rows; those that are looked at now are fetched before those that were. */
  look(from: number, to: number): void;
  /** What is here is old: fetched again when it is looked at, shown until then. All pages when no row is named. */
  stale(rows?: Iterable<number>): void;
  /** Puts a newer row in place of a known one. */
  put(index: number, row: Row): void;
  close(): void;
};

type Page<Row> = { rows: readonly Row[]; stale: boolean };

/** `load` gives up to `size` rows from `offset` on; `changed` is called when something new can be drawn. At most `keep` pages stay. */
export function createPageCache<Row>(options: {
  size: number;
  keep: number;
  load(offset: number, limit: number): Promise<readonly Row[]>;
  changed(): void;
  failed(error: unknown): void;
}): PageCache<Row> {
  const { size, keep } = options;
  // A Map keeps the order of use: what was used last stands at the end.
  const pages = new Map<number, Page<Row>>();
  let wanted: number[] = [];
  let shown: readonly [number, number] = [0, 0];
  let fetching: number | undefined;
  // What turns old while its answer is on its way is asked for again.
  let turned = false;
  let closed = false;

  const use = (number: number): Page<Row> | undefined => {
    const page = pages.get(number);
    if (!page) return undefined;
    pages.delete(number);
    pages.set(number, page);
    return page;
  };
  const trim = () => {
    for (const number of pages.keys()) {
      if (pages.size <= keep) return;
      if (number < shown[0] || number > shown[1]) pages.delete(number);
    }
  };
  const next = async (): Promise<void> => {
    if (closed || fetching !== undefined) return;
    const number = wanted.shift();
    if (number === undefined) return;
    fetching = number;
    turned = false;
    try {
      const rows = await options.load(number * size, size);
      if (closed) return;
      pages.delete(number);
      pages.set(number, { rows, stale: turned });
      trim();
      options.changed();
    } catch (error) {
      if (!closed) options.failed(error);
    } finally {
      fetching = undefined;
      if (turned) want();
      else void next();
    }
  };
  const want = () => {
    const numbers = Array.from({ length: shown[1] - shown[0] + 1 }, (_, index) => shown[0] + index);
    wanted = numbers.filter((number) => number !== fetching && (pages.get(number)?.stale ?? true));
    void next();
  };

  return {
    row: (index) => pages.get(Math.floor(index / size))?.rows[index % size],
    look(from, to) {
      shown = [Math.max(0, Math.floor(from / size)), Math.max(0, Math.floor(to / size))];
      for (let number = shown[0]; number <= shown[1]; number += 1) use(number);
      trim();
      want();
    },
    stale(rows) {
      const numbers = rows === undefined ? [...pages.keys()] : [...rows].map((row) => Math.floor(row / size));
      for (const number of new Set(numbers)) {
        const page = pages.get(number);
        if (page) pages.set(number, { ...page, stale: true });
        if (number === fetching) turned = true;
      }
      if (rows === undefined && fetching !== undefined) turned = true;
      want();
    },
    put(index, row) {
      const number = Math.floor(index / size);
      const page = pages.get(number);
      if (!page || page.rows[index % size] === undefined) return;
      pages.set(number, { ...page, rows: page.rows.with(index % size, row) });
      options.changed();
    },
    close() {
      closed = true;
    },
  };
}
