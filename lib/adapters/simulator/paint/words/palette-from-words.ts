import { type Color, darken, hex, lighten, lightness, mix, toHex } from "../raster/color.ts";
import type { Random } from "../raster/random.ts";
import { COLOR_WORDS } from "./color-words.ts";
import { PALETTES, type PaletteData } from "./palettes.ts";
import { singular, wantedPart, wordsOf } from "./tokens.ts";

/** The colours a picture is painted with. */
export type Palette = {
  name: string;
  night: boolean;
  sky: [Color, Color, Color];
  land: [Color, Color, Color];
  water: Color;
  accent: Color;
  second: Color;
  light: Color;
  paper: Color;
  ink: Color;
  /** What shadows are made of: dark in every harmony. */
  shade: Color;
  /** True when the words or references named the colours. */
  asked: boolean;
};

/** Where colours come from, most telling first. */
export type PaletteSources = { prompt: string; instructions: string; earlier: string; references: readonly Color[] };

/** Chooses a harmony by mood words, then lets named colours and references take the lead. */
export function paletteFromWords(sources: PaletteSources, random: Random): Palette {
  const data =
    harmonyFor(sources) ?? random.pick(PALETTES.filter((palette) => !palette.night && palette.name !== "mono"));
  const palette = open(data);
  const named = (text: string) => namedColors(wantedPart(text));
  const asked = named(sources.prompt);
  const house = [...named(sources.instructions), ...sources.references, ...named(sources.earlier)];
  const wanted = distinct([...asked, ...house]).slice(0, 4);
  if (wanted.length === 0) return palette;
  return lead(palette, wanted);
}

/** Colours a text names, by word or hex code, in order of appearance. */
export function namedColors(text: string): Color[] {
  const found: Color[] = [];
  for (const token of text.toLowerCase().match(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|[a-z]+/g) ?? []) {
    const value = token.startsWith("#") ? token : COLOR_WORDS[token];
    if (value) found.push(hex(value));
  }
  return distinct(found);
}

function harmonyFor(sources: PaletteSources): PaletteData | null {
  for (const text of [sources.prompt, sources.instructions, sources.earlier]) {
    const words = new Set(wordsOf(wantedPart(text)).flatMap((word) => [word, singular(word)]));
    let best: PaletteData | null = null;
    let most = 0;
    for (const palette of PALETTES) {
      const score = palette.words.split(" ").filter((word) => words.has(word)).length;
      if (score > most) [best, most] = [palette, score];
    }
    if (best) return best;
  }
  return null;
}

function lead(palette: Palette, wanted: readonly Color[]): Palette {
  const [first, next, third] = wanted;
  const accent = first!;
  const second = next ?? palette.second;
  const tint = third ?? next ?? accent;
  const soften = (color: Color, share: number) => mix(color, tint, share);
  // A subject in the colour of its ground would vanish: such a ground steps aside in lightness.
  const apart = (ground: Color) => {
    const away = Math.hypot(ground[0] - accent[0], ground[1] - accent[1], ground[2] - accent[2]);
    if (away > 0.3) return ground;
    return lightness(accent) > 0.42 ? mix(ground, palette.shade, 0.42) : mix(ground, palette.light, 0.5);
  };
  return {
    ...palette,
    asked: true,
    accent,
    second,
    sky: [soften(palette.sky[0], 0.18), soften(palette.sky[1], 0.14), soften(palette.sky[2], 0.08)],
    land: [apart(soften(palette.land[0], 0.12)), apart(soften(palette.land[1], 0.12)), palette.land[2]],
    paper: palette.night ? mix(palette.paper, darken(tint, 0.6), 0.4) : mix(palette.paper, lighten(tint, 0.55), 0.5),
    ink: lightness(palette.paper) > 0.5 ? darken(mix(palette.ink, accent, 0.15), 0.2) : palette.ink,
  };
}

function open(data: PaletteData): Palette {
  return {
    name: data.name,
    night: data.night === true,
    sky: [hex(data.sky[0]), hex(data.sky[1]), hex(data.sky[2])],
    land: [hex(data.land[0]), hex(data.land[1]), hex(data.land[2])],
    water: hex(data.water),
    accent: hex(data.accent),
    second: hex(data.second),
    light: hex(data.light),
    paper: hex(data.paper),
    ink: hex(data.ink),
    shade: darken(mix(hex(data.land[2]), hex(lightness(hex(data.ink)) < 0.5 ? data.ink : data.paper), 0.5), 0.35),
    asked: false,
  };
}

function distinct(colors: readonly Color[]): Color[] {
  const seen = new Set<string>();
  return colors.filter((color) => !seen.has(toHex(color)) && seen.add(toHex(color)));
}
