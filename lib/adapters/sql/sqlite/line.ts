/** Those who stand in line for the one writer of a file. `open` = work of a handle (`who`) that holds the file's write lock until it is closed. */
export type Line = { busy: boolean; waiting: (() => void)[]; open?: { who: unknown; close(): void } };

const LINES = Symbol.for("throughline.journal-lines");

/**
 * The line of a file, one for the whole process however often this module or the file is loaded: a second handle that asked SQLite for
 * the write lock while the first is between two statements would block the thread the first one needs to go on.
 */
export function lineOf(file: string): Line {
  const holder = globalThis as { [LINES]?: Map<string, Line> };
  holder[LINES] ??= new Map();
  const line = holder[LINES].get(file) ?? { busy: false, waiting: [] };
  holder[LINES].set(file, line);
  return line;
}

/** Waits for one's turn, first come first served; what another handle left open is closed first. */
export async function enter(line: Line, who: unknown): Promise<void> {
  if (line.busy) await new Promise<void>((turn) => line.waiting.push(turn));
  line.busy = true;
  if (line.open && line.open.who !== who) line.open.close();
}

export function leave(line: Line): void {
  const next = line.waiting.shift();
  if (next) next();
  else line.busy = false;
}
