import { StepError } from "../../protocol/failure.ts";

/** Changes one colour in place: `rgb[0..2]`, coded values 0–1. */
export type ColorMap = (rgb: Float64Array) => void;

const SIZE_1D = 65_536;
const SIZE_3D = 128;
const TEXT_CHARS = 64 * 1024 * 1024;

/** What a table is: one row per value of each channel, or one per place in a cube of `size` a side. Throws LUT_INVALID naming the line. */
export function cubeFacts(text: string): { cubic: boolean; size: number } {
  const { cubic, size } = parse(text);
  return { cubic, size };
}

type Table = { size: number; cubic: boolean; low: number[]; high: number[]; rows: Float64Array };

/**
 * A look-up table from a .cube file (Adobe Cube LUT specification 1.0): 1D tables are interpolated per channel, 3D tables between the eight
 * nearest entries, red fastest. Throws LUT_INVALID naming the line.
 */
export function readCube(text: string): ColorMap {
  const table = parse(text);
  return table.cubic ? cubic(table) : perChannel(table);
}

function parse(text: string): Table {
  if (text.length > TEXT_CHARS) throw invalid(1, "the file is too long");
  const table: Table = { size: 0, cubic: false, low: [0, 0, 0], high: [1, 1, 1], rows: new Float64Array(0) };
  let count = 0;
  const lines = text.split(/\r\n|\r|\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith("TITLE")) continue;
    const [word, ...rest] = line.split(/\s+/) as [string, ...string[]];
    if (word === "LUT_1D_SIZE" || word === "LUT_3D_SIZE") {
      if (table.size) throw invalid(index + 1, "a second size");
      table.cubic = word === "LUT_3D_SIZE";
      table.size = Number(rest[0]);
      if (!Number.isInteger(table.size) || table.size < 2 || table.size > (table.cubic ? SIZE_3D : SIZE_1D)) {
        throw invalid(index + 1, `a size of ${rest[0]}`);
      }
      table.rows = new Float64Array(3 * (table.cubic ? table.size ** 3 : table.size));
    } else if (word === "DOMAIN_MIN") table.low = threeNumbers(rest, index);
    else if (word === "DOMAIN_MAX") table.high = threeNumbers(rest, index);
    else if (/^[A-Za-z_]/.test(word)) continue;
    else {
      if (count + 3 > table.rows.length) throw invalid(index + 1, "more rows than its size says");
      table.rows.set(threeNumbers([word, ...rest], index), count);
      count += 3;
    }
  }
  if (table.size === 0) throw invalid(lines.length, "no LUT_1D_SIZE or LUT_3D_SIZE");
  if (count < table.rows.length) throw invalid(lines.length, "fewer rows than its size says");
  if (table.low.some((low, c) => low >= table.high[c]!)) throw invalid(1, "a domain that is empty");
  return table;
}

function threeNumbers(words: string[], index: number): number[] {
  const numbers = words.slice(0, 3).map(Number);
  if (numbers.length < 3 || numbers.some((n) => !Number.isFinite(n))) throw invalid(index + 1, "not three numbers");
  return numbers;
}

const invalid = (line: number, what: string): StepError =>
  new StepError("LUT_INVALID", `The .cube table cannot be used: ${what} (line ${line}).`, { details: { line } });

/** Where a value falls between two entries: the lower entry and the share of the upper one. */
function place(table: Table, value: number, channel: number): [number, number] {
  const [low, high] = [table.low[channel]!, table.high[channel]!];
  const at = Math.min(1, Math.max(0, (value - low) / (high - low))) * (table.size - 1);
  const entry = Math.min(table.size - 2, Math.floor(at));
  return [entry, at - entry];
}

function perChannel(table: Table): ColorMap {
  return (rgb) => {
    for (let c = 0; c < 3; c++) {
      const [entry, share] = place(table, rgb[c]!, c);
      const [a, b] = [table.rows[entry * 3 + c]!, table.rows[(entry + 1) * 3 + c]!];
      rgb[c] = a + (b - a) * share;
    }
  };
}

function cubic(table: Table): ColorMap {
  const { size, rows } = table;
  return (rgb) => {
    const [r, fr] = place(table, rgb[0]!, 0);
    const [g, fg] = place(table, rgb[1]!, 1);
    const [b, fb] = place(table, rgb[2]!, 2);
    const corner = (dr: number, dg: number, db: number): number => 3 * (r + dr + size * (g + dg + size * (b + db)));
    for (let c = 0; c < 3; c++) {
      const alongRed = (dg: number, db: number): number => {
        const from = rows[corner(0, dg, db) + c]!;
        return from + (rows[corner(1, dg, db) + c]! - from) * fr;
      };
      const front = alongRed(0, 0) + (alongRed(1, 0) - alongRed(0, 0)) * fg;
      const back = alongRed(0, 1) + (alongRed(1, 1) - alongRed(0, 1)) * fg;
      rgb[c] = front + (back - front) * fb;
    }
  };
}
