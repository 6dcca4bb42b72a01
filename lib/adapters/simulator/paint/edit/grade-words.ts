import { type Color, hex } from "../raster/color.ts";

/** Changes to light and colour; 0 leaves things as they are. */
export type Grade = {
  /** In stops. */
  exposure: number;
  contrast: number;
  saturation: number;
  /** Towards orange (+) or blue (-), 0..1. */
  warmth: number;
  /** A colour everything leans to, and how far. */
  tint: Color;
  tintShare: number;
  /** Haze 0..1. */
  haze: number;
  /** Unsharp mask amount. */
  crisp: number;
  asked: boolean;
};

const NONE: Grade = {
  exposure: 0,
  contrast: 0,
  saturation: 0,
  warmth: 0,
  tint: [1, 1, 1],
  tintShare: 0,
  haze: 0,
  crisp: 0,
  asked: false,
};

const RULES: readonly (readonly [words: string, change: Partial<Grade>])[] = [
  [
    "night midnight moonlit nighttime",
    { exposure: -1.15, saturation: -0.1, warmth: -0.35, contrast: 0.12, tint: hex("#1c2f66"), tintShare: 0.34 },
  ],
  [
    "dusk twilight evening",
    { exposure: -0.42, warmth: -0.12, tint: hex("#5a4390"), tintShare: 0.3, contrast: 0.24, saturation: 0.12 },
  ],
  ["sunset golden sundown", { exposure: -0.08, warmth: 0.6, saturation: 0.15, tint: hex("#ff9a4d"), tintShare: 0.2 }],
  ["dawn sunrise morning", { exposure: 0.12, warmth: 0.3, tint: hex("#ffc9b0"), tintShare: 0.2, haze: 0.1 }],
  ["warm warmer cozy cosy autumn", { warmth: 0.5, saturation: 0.06 }],
  ["cool cooler cold colder icy winter", { warmth: -0.5 }],
  ["bright brighter lighter airy daylight", { exposure: 0.4, contrast: 0.04 }],
  ["dark darker moody", { exposure: -0.55, contrast: 0.12 }],
  ["vivid vibrant saturated colourful colorful richer bolder punchy stronger", { saturation: 0.45, contrast: 0.14 }],
  ["muted desaturated pastel soft softer subtle calmer", { saturation: -0.4, contrast: -0.12, exposure: 0.12 }],
  ["monochrome grayscale greyscale black-and-white", { saturation: -1, contrast: 0.15 }],
  [
    "vintage sepia retro film analog",
    { saturation: -0.4, warmth: 0.35, tint: hex("#d8b27a"), tintShare: 0.25, contrast: -0.06 },
  ],
  ["contrast dramatic cinematic depth", { contrast: 0.32, saturation: 0.08 }],
  [
    "crisp crisper sharp sharper sharpness sharpen detailed detail clarity focus clearer",
    { crisp: 1.1, contrast: 0.1 },
  ],
  ["fog foggy mist misty haze hazy", { haze: 0.36, saturation: -0.12 }],
  [
    "snow snowy snowing snowfall",
    { exposure: 0.02, warmth: -0.5, saturation: -0.25, contrast: 0.12, tint: hex("#cfe0ee"), tintShare: 0.2 },
  ],
  ["rain rainy storm stormy", { exposure: -0.35, warmth: -0.22, saturation: -0.25 }],
  ["neon cyberpunk", { exposure: -0.6, saturation: 0.5, contrast: 0.3, tint: hex("#7a2cff"), tintShare: 0.26 }],
];

/** Adds up what the words ask for. */
export function gradeFromWords(words: ReadonlySet<string>): Grade {
  const grade = { ...NONE };
  for (const [list, change] of RULES) {
    if (!list.split(" ").some((word) => words.has(word))) continue;
    grade.asked = true;
    for (const key of ["exposure", "contrast", "saturation", "warmth", "haze", "crisp"] as const)
      grade[key] += change[key] ?? 0;
    if (change.tint && (change.tintShare ?? 0) > grade.tintShare) {
      grade.tint = change.tint;
      grade.tintShare = change.tintShare ?? 0;
    }
  }
  return grade;
}
