import { stroke } from "./contours.ts";
import type { Contours } from "./coverage.ts";
import { GLYPHS } from "./glyphs.ts";

/** How words are set. Sizes in pixels. */
export type TypeStyle = {
  /** Cap height. */
  size: number;
  /** Stroke thickness as a share of the cap height [0.14]. */
  weight?: number;
  /** Extra space between letters as a share of the cap height [0.3]. */
  tracking?: number;
};

/** Capitals without accents: what the built-in letters can draw. */
export function drawable(text: string): string {
  const plain = text
    .replace(/ß/g, "ss")
    .replace(/[“”„]/g, '"')
    .replace(/[‘`´]/g, "'")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toUpperCase();
  return [...plain]
    .filter((letter) => GLYPHS[letter])
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

/** Width in pixels of one line. */
export function lineWidth(text: string, style: TypeStyle): number {
  const unit = style.size / 6;
  const gap = (style.tracking ?? 0.3) * style.size;
  let width = 0;
  for (const letter of drawable(text)) width += GLYPHS[letter]![0] * unit + gap;
  return Math.max(0, width - gap);
}

/** Outlines of one line; x, y is its top left (or top centre). */
export function setLine(
  text: string,
  x: number,
  y: number,
  style: TypeStyle,
  align: "left" | "center" = "left",
): Contours {
  const unit = style.size / 6;
  const gap = (style.tracking ?? 0.3) * style.size;
  const thickness = (style.weight ?? 0.14) * style.size;
  let pen = align === "center" ? x - lineWidth(text, style) / 2 : x;
  const contours: (readonly number[])[] = [];
  for (const letter of drawable(text)) {
    const [width, path] = GLYPHS[letter]!;
    for (const line of strokesOf(path)) {
      const moved = line.map((value, i) => (i % 2 === 0 ? pen + value * unit : y + value * unit));
      contours.push(...stroke(moved, thickness));
    }
    pen += width * unit + gap;
  }
  return contours;
}

/** Breaks words into at most `most` lines that fit `width`; what does not fit is cut off with a dash. */
export function breakLines(text: string, width: number, style: TypeStyle, most = 4): string[] {
  const lines: string[] = [];
  for (const word of drawable(text).split(" ")) {
    const last = lines.at(-1);
    const joined = last ? `${last} ${word}` : word;
    if (last !== undefined && lineWidth(joined, style) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}-`] : lines;
}

const strokeCache = new Map<string, number[][]>();

function strokesOf(path: string): number[][] {
  const known = strokeCache.get(path);
  if (known) return known;
  const lines: number[][] = [];
  for (const [, command, rest] of path.matchAll(/([MLQ])([^MLQ]*)/g)) {
    const n = rest!
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (command === "M") lines.push([n[0]!, n[1]!]);
    else if (command === "L") lines.at(-1)!.push(n[0]!, n[1]!);
    else addCurve(lines.at(-1)!, n);
  }
  strokeCache.set(path, lines);
  return lines;
}

function addCurve(line: number[], [cx, cy, x, y]: number[]) {
  const x0 = line.at(-2)!;
  const y0 = line.at(-1)!;
  for (let i = 1; i <= 8; i++) {
    const t = i / 8;
    const u = 1 - t;
    line.push(u * u * x0 + 2 * u * t * cx! + t * t * x!, u * u * y0 + 2 * u * t * cy! + t * t * y!);
  }
}
