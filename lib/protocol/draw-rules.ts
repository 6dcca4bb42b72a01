import { type ImageModel, imageModel, retirement, type SizeRule, type TextModel, textModel } from "./model-table.ts";

/** A complaint about one setting. `level` is `error` when left out. `field` is the setting's name in the graph document. */
export type SettingProblem = { level?: "error" | "warning"; field: string; code: string; message: string };

/** The settings the rules speak about; names are the graph document's. */
export type DrawnSettings = {
  lane: "conversation" | "oneshot";
  model: string;
  imageModel: string;
  size: string;
  quality: string;
  background: string;
  format: string;
  compression?: number;
  partials: number;
};

const problem = (field: string, code: string, message: string): SettingProblem => ({ field, code, message });
const warning = (field: string, code: string, message: string): SettingProblem => ({
  level: "warning",
  field,
  code,
  message,
});

/** `"1536x1024"` → its sides in px; undefined for `auto` and for anything else. */
export function parseSize(size: string): { width: number; height: number } | undefined {
  const match = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(size);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** Why a model cannot draw this size, or undefined when it can. `auto` is always legal. */
export function sizeFault(size: string, rule: SizeRule): string | undefined {
  if (size === "auto") return undefined;
  const sides = parseSize(size);
  if (!sides) return "a size is auto or WIDTHxHEIGHT, e.g. 1536x1024";
  if (rule.kind === "list") return rule.sizes.includes(size) ? undefined : `only ${rule.sizes.join(", ")} can be drawn`;
  const { width, height } = sides;
  const long = Math.max(width, height);
  const pixels = width * height;
  if (width % rule.multiple || height % rule.multiple) return `both sides must be multiples of ${rule.multiple}`;
  if (long > rule.maxEdge) return `no side may be longer than ${rule.maxEdge} px`;
  if (long > rule.maxRatio * Math.min(width, height)) return `no side may be more than ${rule.maxRatio}× the other`;
  if (pixels < rule.minPixels) return `${pixels} pixels are fewer than ${rule.minPixels}`;
  if (pixels > rule.maxPixels) return `${pixels} pixels are more than ${rule.maxPixels}`;
  return undefined;
}

const replaced = (model: { replacement?: string }): string =>
  model.replacement ? ` Use ${model.replacement} instead.` : "";

function lifeProblems(field: string, id: string, model: ImageModel | TextModel, now: number): SettingProblem[] {
  const state = retirement(model, now);
  if (state === "retired")
    return [
      problem(field, "MODEL_RETIRED", `${id} was shut down by the provider on ${model.shutdown}.${replaced(model)}`),
    ];
  const priced = model.price
    ? []
    : [problem(field, "NO_PRICE", `No price is known for ${id}, so its cost cannot be bounded.${replaced(model)}`)];
  if (state === "soon")
    priced.push(warning(field, "MODEL_RETIRING", `${id} will be shut down on ${model.shutdown}.${replaced(model)}`));
  return priced;
}

/** What is wrong with a text model named in `field`. `draws`: it has to call the image tool. `now` in epoch ms. */
export function textModelProblems(id: string, field: string, draws: boolean, now = Date.now()): SettingProblem[] {
  const model = textModel(id);
  if (!model)
    return [
      imageModel(id)
        ? problem(field, "NOT_A_TEXT_MODEL", `${id} draws pictures; a text model is needed here, e.g. gpt-6.1-terra.`)
        : problem(field, "UNKNOWN_MODEL", `${id || "An empty name"} is not a text model this version knows.`),
    ];
  const found = lifeProblems(field, id, model, now);
  if (draws && model.draws === "unproven")
    found.push(warning(field, "MODEL_MAY_NOT_DRAW", `It is not documented that ${id} can call the image tool.`));
  return found;
}

/**
 * Everything the provider would refuse (HTTP 400/404) about these settings, and warnings about models that go soon. Settings that
 * still hold a `{{name}}` are left alone. `now` in epoch ms.
 */
export function drawProblems(settings: DrawnSettings, now = Date.now()): SettingProblem[] {
  const open = (value: string) => value.includes("{{");
  const found: SettingProblem[] = [];
  if (settings.lane === "conversation" && !open(settings.model))
    found.push(...textModelProblems(settings.model, "model", true, now));
  if (settings.format === "jpeg" && settings.background === "transparent")
    found.push(problem("background", "BACKGROUND_NEEDS_ALPHA", "jpeg has no transparency: choose png or webp."));
  if (settings.compression !== undefined && settings.format === "png")
    found.push(problem("compression", "COMPRESSION_NEEDS_LOSSY", "png is not compressed: choose jpeg or webp."));
  if (settings.compression !== undefined && !(settings.compression >= 0 && settings.compression <= 100))
    found.push(problem("compression", "COMPRESSION_RANGE", "Compression goes from 0 to 100."));
  if (open(settings.imageModel)) return found;
  const id = settings.imageModel;
  const model = imageModel(id);
  if (!model) {
    found.push(
      problem("imageModel", "UNKNOWN_MODEL", `${id || "An empty name"} is not an image model this version knows.`),
    );
    return found;
  }
  const life = lifeProblems("imageModel", id, model, now);
  found.push(...life);
  if (life.some((p) => p.code === "MODEL_RETIRED")) return found;
  if (settings.lane === "conversation" && !model.tool)
    found.push(
      problem(
        "imageModel",
        "MODEL_NOT_IN_LANE",
        `${id} is offered in the one-shot lane only. Use gpt-image-2.5-flare or gpt-image-2.5-sunburst here, or lane oneshot.`,
      ),
    );
  const fault = open(settings.size) ? undefined : sizeFault(settings.size, model.sizes);
  if (fault) found.push(problem("size", "SIZE_NOT_LEGAL", `${id} cannot draw ${settings.size}: ${fault}.`));
  if (!open(settings.quality) && !model.qualities.includes(settings.quality))
    found.push(
      problem(
        "quality",
        "QUALITY_NOT_OFFERED",
        `${id} has no quality ${settings.quality}: ${model.qualities.join(", ")}.`,
      ),
    );
  if (settings.background === "transparent" && !model.transparent)
    found.push(problem("background", "BACKGROUND_NOT_OFFERED", `${id} draws no transparent background.`));
  if (!open(settings.format) && !model.formats.includes(settings.format))
    found.push(
      problem("format", "FORMAT_NOT_OFFERED", `${id} gives no ${settings.format}: ${model.formats.join(", ")}.`),
    );
  if (!(Number.isInteger(settings.partials) && settings.partials >= 0 && settings.partials <= model.maxPartials))
    found.push(problem("partials", "PARTIALS_RANGE", `${id} sends 0 to ${model.maxPartials} partial pictures.`));
  return found;
}

/**
 * The legal size that stands best for a picture of `width`×`height` px: nearest aspect ratio first, then nearest area, preferring to
 * gain pixels over losing them. An unknown model is taken to follow the free rules.
 */
export function nearestSize(width: number, height: number, model: string): string {
  const rule = imageModel(model)?.sizes ?? (imageModel("gpt-image-2.5-flare") as ImageModel).sizes;
  const legal = rule.kind === "list" ? rule.sizes.map((s) => parseSize(s)!) : freeSizes(rule, width / height);
  let best = legal[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const size of legal) {
    const stretch = Math.abs(Math.log(size.width / size.height / (width / height)));
    const gain = Math.log((size.width * size.height) / (width * height));
    const score = stretch * 160 + (gain < 0 ? -4 * gain : gain);
    if (score < least - 1e-12) {
      best = size;
      least = score;
    }
  }
  return `${best.width}x${best.height}`;
}

/** For every legal width the legal heights around the wanted ratio. */
function freeSizes(rule: Extract<SizeRule, { kind: "free" }>, ratio: number): { width: number; height: number }[] {
  const wanted = Math.min(rule.maxRatio, Math.max(1 / rule.maxRatio, ratio));
  const sizes: { width: number; height: number }[] = [];
  for (let width = rule.multiple; width <= rule.maxEdge; width += rule.multiple) {
    const near = Math.round(width / wanted / rule.multiple);
    for (const height of [near - 1, near, near + 1].map((n) => n * rule.multiple))
      if (height > 0 && !sizeFault(`${width}x${height}`, rule)) sizes.push({ width, height });
  }
  return sizes;
}
