import * as z from "zod";

/** Checks on one gate at most. */
export const MOST_CHECKS = 32;
const MOST_COLORS = 32;
/** Characters of expected lettering at most: more is not lettering but a page. */
const MOST_TEXT = 500;
const MOST_SIDE = 16_384;

/** Every measured check: how much it counts, whether it decides alone, and how it is called. */
const common = {
  weight: z
    .number()
    .min(0)
    .max(100)
    .default(1)
    .meta({ title: "Weight", description: "How much it counts beside the others; 0 only shows it" }),
  must: z
    .boolean()
    .default(false)
    .meta({ title: "Must", description: "Failing it fails the picture, whatever the score" }),
  id: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ title: "Id", description: "Its name in verdicts; left out: its kind" }),
  title: z.string().max(120).optional().meta({ title: "Title", description: "What people read; left out: its kind" }),
};

const share = (title: string, description: string) =>
  z.number().min(0).max(1).meta({ title, description, unit: "0–1" });
const side = (title: string) =>
  z.int().min(1).max(MOST_SIDE).default(1024).meta({ title, description: "Upright, in pixels", unit: "px" });

const PAIR = /^\s*(\d{1,5}(?:\.\d{1,4})?)\s*[:/x×]\s*(\d{1,5}(?:\.\d{1,4})?)\s*$/i;

/** Width divided by height of `"16:9"`, `"4/5"`, `"1.91:1"`, `"1.5"` or 1.5; undefined when it is none or not above 0. */
export function ratioOf(ratio: string | number): number | undefined {
  const pair = typeof ratio === "string" ? PAIR.exec(ratio) : null;
  const value = pair ? Number(pair[1]) / Number(pair[2]) : Number(ratio === "" ? Number.NaN : ratio);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

const Dimensions = z
  .object({
    kind: z.literal("dimensions"),
    width: side("Width"),
    height: side("Height"),
    compare: z
      .enum(["exactly", "at-least", "at-most"])
      .default("exactly")
      .meta({ title: "Compare", description: "Exactly this size, at least or at most, both sides alike" }),
    ...common,
  })
  .meta({
    title: "Dimensions",
    description: "Width and height of the picture, upright.",
    unit: "px",
    method: "The size of the decoded picture after its EXIF orientation is applied.",
    source: "PNG, JPEG and WebP headers; EXIF 2.32 tag Orientation",
    examples: [{ kind: "dimensions", width: 1024, height: 1024 }],
  });

const Aspect = z
  .object({
    kind: z.literal("aspect"),
    ratio: z
      .union([z.number(), z.string()])
      .default("1:1")
      .refine((ratio) => ratioOf(ratio) !== undefined, "write proportions like 16:9, or a number like 1.78")
      .meta({ title: "Ratio", description: "Width to height: 16:9, or a number like 1.78" }),
    tolerance: share("Tolerance", "How far off it may be, as a share of the ratio").default(0.01),
    ...common,
  })
  .meta({
    title: "Aspect",
    description: "Proportions: width divided by height.",
    unit: "width : height",
    method: "|measured ÷ demanded − 1| is at most the tolerance.",
    source: "arithmetic",
    examples: [{ kind: "aspect", ratio: "16:9" }],
  });

const Alpha = z
  .object({
    kind: z.literal("alpha"),
    required: z.boolean().default(true).meta({
      title: "Required",
      description: "On: some pixels must be transparent. Off: every pixel must be opaque",
    }),
    ...common,
  })
  .meta({
    title: "Transparency",
    description: "Whether the picture has transparent pixels.",
    unit: "share of pixels that are not opaque, 0–1",
    method:
      "Every pixel of the full picture is looked at; one with alpha below 255 counts. An alpha channel in which all is opaque is none.",
    source: "PNG 3rd edition §4.4 (alpha), WebP VP8X",
    examples: [{ kind: "alpha", required: true }],
  });

const Bytes = z
  .object({
    kind: z.literal("bytes"),
    max: z
      .int()
      .min(1)
      .default(5_000_000)
      .meta({ title: "Most", description: "Size of the file the picture is in", unit: "bytes" }),
    ...common,
  })
  .meta({
    title: "File size",
    description: "Size of the picture's file as it is stored now.",
    unit: "bytes",
    method: "The length of the stored file. An encode node after the gate makes another file.",
    source: "the asset store",
    examples: [{ kind: "bytes", max: 5_000_000 }],
  });

const Sharpness = z
  .object({
    kind: z.literal("sharpness"),
    min: z.number().min(0).max(100_000).default(50).meta({
      title: "Least",
      description: "Under 20 is soft or empty, 50 to 500 clear, thousands full of fine detail",
      unit: "levels²",
    }),
    ...common,
  })
  .meta({
    title: "Sharpness",
    description:
      "How much fine detail there is. Plain areas count too: a small subject on an empty ground measures lower.",
    unit: "levels² (variance over 0–255)",
    method:
      "Variance of the 4-neighbour Laplacian of the BT.709 luma, on a copy whose longest side is at most 1,024 px (never enlarged); transparent pixels left out.",
    source:
      "Pech-Pacheco et al., Diatom autofocusing in brightfield microscopy, ICPR 2000; Pertuz et al., Analysis of focus measure operators, 2013",
    examples: [{ kind: "sharpness", min: 50 }],
  });

const Color = z
  .string()
  .regex(/^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i, "a color is written like #1A2B3C")
  .meta({ control: "color" });

const Palette = z
  .object({
    kind: z.literal("palette"),
    colors: z
      .array(Color)
      .min(1)
      .max(MOST_COLORS)
      .meta({
        title: "Colors",
        description: "The brand's colors, as hex values like #1A2B3C",
        examples: [["#1a2b3c"]],
      }),
    maxDeltaE: z.number().min(0).max(100).default(10).meta({
      title: "Most difference",
      description: "A pixel this near to one of the colors counts; 1 is just visible, 10 still the same color in shade",
      unit: "ΔE00",
    }),
    coverage: share("Coverage", "Share of the visible pixels that must be near one of the colors").default(0.6),
    ...common,
  })
  .meta({
    title: "Palette",
    description: "How much of the picture is in the brand's colors.",
    unit: "share of pixels, 0–1",
    method:
      "sRGB to CIELAB (D65, 2°), then CIEDE2000 to the nearest color; pixels less than half opaque left out. Larger pictures are sampled, pixel by pixel, down to 512 px a side.",
    source: "Sharma, Wu, Dalal, The CIEDE2000 color-difference formula, 2005; IEC 61966-2-1 (sRGB)",
    examples: [{ kind: "palette", colors: ["#1a2b3c", "#ffffff"] }],
  });

const Similarity = z
  .object({
    kind: z.literal("similarity"),
    to: z.enum(["references"]).default("references").meta({ title: "To", description: "The wired references" }),
    by: z
      .enum(["both", "layout", "colors"])
      .default("both")
      .meta({ title: "By", description: "Where things lie, which colors there are, or both" }),
    min: share(
      "Least",
      "As like as this at least: 1 the same picture, 0.6 a near variant, unrelated ones are under 0.35",
    ).optional(),
    max: share("Most", "Not more like than this, so that it is no copy").optional(),
    ...common,
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, {
    path: ["min"],
    message: "say how like the references it must be at least, or at most under max",
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    path: ["max"],
    message: "the most must not be below the least",
  })
  .meta({
    title: "Similarity",
    description:
      "How like the picture is to the references; of several, the most like one counts. It knows no subjects.",
    unit: "0–1",
    method:
      "Geometric mean of layout (structural similarity of the luma at 64 × 64, weighted by detail) and colors (overlap of the CIELAB histograms).",
    source:
      "Wang et al., Image quality assessment: from error visibility to structural similarity, 2004; Swain and Ballard, Color indexing, 1991",
    examples: [{ kind: "similarity", min: 0.6 }],
  });

const Drift = z
  .object({
    kind: z.literal("drift"),
    max: share("Most", "Share of the locked pixels that the model may have changed").default(0.2),
    ...common,
  })
  .meta({
    title: "Drift",
    description: "How much the last masked edit changed outside its mask, before strict lock put it back.",
    unit: "share of pixels, 0–1",
    method:
      "Recorded by the strict lock in the picture's provenance. Without a locked mask there is nothing to measure: the line passes and does not count.",
    source: "the edit's own measurement",
    examples: [{ kind: "drift", max: 0.2 }],
  });

const Text = z
  .object({
    kind: z.literal("text"),
    expected: z
      .string()
      .max(MOST_TEXT)
      .regex(/\S/, "write the words that must stand in the picture")
      .meta({ title: "Expected", description: "The words that must stand in the picture", examples: ["Summer sale"] }),
    minScore: share("Least likeness", "1 = letter by letter; 0.9 lets one letter in ten be wrong").default(0.98),
    match: z.enum(["contains", "exactly"]).default("contains").meta({
      title: "Match",
      description: "contains: other lettering may stand there too. exactly: nothing else",
    }),
    caseSensitive: z.boolean().default(false).meta({ title: "Capitals count" }),
    ...common,
  })
  .meta({
    title: "Text",
    description: "Whether the lettering in the picture says what it should.",
    unit: "likeness of the texts, 0–1",
    method:
      "1 − edit distance ÷ length, after NFKC, one kind of quotes and dashes, and single spaces; whole words only. The judge reads the picture, or a local tesseract.",
    source: "Levenshtein 1966; Sellers, The theory and computation of evolutionary distances, 1980; Unicode UAX #15",
    examples: [{ kind: "text", expected: "Summer sale" }],
  });

/** One measured check of a gate, told apart by `kind`. Titles, units, methods and sources are in each shape's `.meta()`. */
export const MeasuredCheck = z
  .discriminatedUnion(
    "kind",
    [Dimensions, Aspect, Alpha, Bytes, Sharpness, Palette, Similarity, Drift, Text],
    "choose dimensions, aspect, alpha, bytes, sharpness, palette, similarity, drift or text",
  )
  .meta({ title: "Measured check", examples: [{ kind: "sharpness", min: 50 }] });
export type MeasuredCheck = z.infer<typeof MeasuredCheck>;
export type CheckOf<K extends MeasuredCheck["kind"]> = Extract<MeasuredCheck, { kind: K }>;

const TITLES: Record<MeasuredCheck["kind"], string> = {
  dimensions: "Dimensions",
  aspect: "Aspect",
  alpha: "Transparency",
  bytes: "File size",
  sharpness: "Sharpness",
  palette: "Palette",
  similarity: "Similarity",
  drift: "Drift",
  text: "Text",
};

/** What people call a check: its own title, or its kind's. */
export const titleOfCheck = (check: MeasuredCheck): string => check.title?.trim() || TITLES[check.kind];

/** One id per check, in order: its own, or its kind; a second one of the same name is numbered (`palette`, `palette-2`). */
export function idsOfChecks(checks: readonly MeasuredCheck[], taken: Iterable<string> = []): string[] {
  const used = new Set(taken);
  return checks.map((check) => {
    const name = check.id ?? check.kind;
    let id = name;
    for (let n = 2; used.has(id); n++) id = `${name}-${n}`;
    used.add(id);
    return id;
  });
}

/** Does this check need the wired references, or a reading of the picture's text? */
export const needsReferences = ({ kind }: MeasuredCheck): boolean => kind === "similarity";
export const needsReading = ({ kind }: MeasuredCheck): boolean => kind === "text";
