/** A cell of a grid: row and column, both 0-based. */
export type Cell = { row: number; column: number };

/** Where the keyboard is, and which rows are chosen. Rows are numbered by the table, not by what is shown. */
export type GridState = {
  at: Cell;
  /** Where a range began; the range runs from here to `at`. */
  anchor: Cell;
  /** Chosen rows, by `Space` or their box. */
  chosen: ReadonlySet<number>;
};

export type GridSize = { rows: number; columns: number; page: number };
export type GridKey = { key: string; shift: boolean; mod: boolean };
/** What a key asks for besides moving: the screen does it. */
export type GridWish = "edit" | "copy" | "leave";

export const GRID_START: GridState = { at: { row: 0, column: 0 }, anchor: { row: 0, column: 0 }, chosen: new Set() };

/** The cells of the range, `to` included. */
export const rangeOf = ({ at, anchor }: GridState): { from: Cell; to: Cell } => ({
  from: { row: Math.min(at.row, anchor.row), column: Math.min(at.column, anchor.column) },
  to: { row: Math.max(at.row, anchor.row), column: Math.max(at.column, anchor.column) },
});

const MOVES: Record<string, (at: Cell, size: GridSize, mod: boolean) => Cell> = {
  ArrowUp: (at, _, mod) => ({ ...at, row: mod ? 0 : at.row - 1 }),
  ArrowDown: (at, { rows }, mod) => ({ ...at, row: mod ? rows - 1 : at.row + 1 }),
  ArrowLeft: (at, _, mod) => ({ ...at, column: mod ? 0 : at.column - 1 }),
  ArrowRight: (at, { columns }, mod) => ({ ...at, column: mod ? columns - 1 : at.column + 1 }),
  PageUp: (at, { page }) => ({ ...at, row: at.row - page }),
  PageDown: (at, { page }) => ({ ...at, row: at.row + page }),
  Home: (at, _, mod) => ({ row: mod ? 0 : at.row, column: 0 }),
  End: (at, { rows, columns }, mod) => ({ row: mod ? rows - 1 : at.row, column: columns - 1 }),
};

/** What a key does in a grid; undefined when it is none of the grid's. */
export function pressKey(
  state: GridState,
  { key, shift, mod }: GridKey,
  size: GridSize,
): { state: GridState; wish?: GridWish } | undefined {
  if (size.rows === 0) return undefined;
  const move = MOVES[key];
  if (move) return { state: moveTo(state, move(state.at, size, mod), size, shift) };
  const letter = key.toLowerCase();
  if (mod && letter === "a") {
    const all = state.chosen.size === size.rows;
    return { state: { ...state, chosen: all ? new Set() : everyRow(size.rows) } };
  }
  if (mod && letter === "c") return { state, wish: "copy" };
  if (mod) return undefined;
  if (key === " ") return { state: toggleRows(state, rangeOf(state)) };
  if (key === "Enter" || key === "F2") return { state: { ...state, anchor: state.at }, wish: "edit" };
  if (key === "Escape") {
    const ranged = state.at.row !== state.anchor.row || state.at.column !== state.anchor.column;
    if (ranged) return { state: { ...state, anchor: state.at } };
    return state.chosen.size > 0 ? { state: { ...state, chosen: new Set() } } : { state, wish: "leave" };
  }
  return undefined;
}

/** Goes to a cell, kept inside the grid; `extend` leaves the range's other end where it was. */
export function moveTo(state: GridState, to: Cell, size: GridSize, extend: boolean): GridState {
  const within = (n: number, most: number) => Math.max(0, Math.min(n, most - 1));
  const at = { row: within(to.row, size.rows), column: within(to.column, size.columns) };
  return { ...state, at, anchor: extend ? state.anchor : at };
}

/** Chooses the rows of a range, or lets them go when all of them are chosen. */
export function toggleRows(state: GridState, { from, to }: { from: Cell; to: Cell }): GridState {
  const rows = Array.from({ length: to.row - from.row + 1 }, (_, index) => from.row + index);
  const chosen = new Set(state.chosen);
  const all = rows.every((row) => chosen.has(row));
  for (const row of rows) all ? chosen.delete(row) : chosen.add(row);
  return { ...state, chosen };
}

const everyRow = (rows: number): ReadonlySet<number> => new Set(Array.from({ length: rows }, (_, row) => row));
