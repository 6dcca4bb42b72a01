import { invalid, Refusal } from "../http/refusal.ts";
import { FIXED_SIZES, type ImageModel, SIZE_LIMITS } from "../models-served.ts";

/** The parameters that shape a picture, wherever they were sent. */
export type PictureParameters = {
  background?: string | null;
  complexity?: string | null;
  frame_count?: number | null;
  frame_duration_ms?: number | null;
  input_fidelity?: string | null;
  output_compression?: number | null;
  output_format?: string | null;
  partial_images?: number | null;
  quality?: string | null;
  size?: string | null;
  svg?: unknown;
  n?: number | null;
};

/** Where the parameters came from: names in errors and some rules differ. */
export type Surface = "generations" | "edits" | "tool";

/** Refuses what this model cannot do. `prefix` is put before parameter names (`tools[0].`). */
export function checkPictureParameters(
  model: ImageModel,
  given: PictureParameters,
  surface: Surface,
  stream: boolean,
  prefix = "",
): void {
  const wrong = (param: string, message: string) => invalid("invalid_value", prefix + param, message);
  const format = given.output_format ?? "png";
  const modern = model.family === "2.5" || model.family === "2.6";
  if (given.size != null) checkSize(model, given.size, prefix);
  if ((given.quality === "xhigh" || given.quality === "max") && !modern)
    throw wrong("quality", `Invalid value: '${given.quality}'. '${model.id}' supports low, medium, high and auto.`);
  if (given.background === "transparent" && format !== "png" && format !== "webp")
    throw wrong("background", `Transparent background is not supported for output_format '${format}'.`);
  if (given.output_compression != null && format !== "jpeg" && format !== "webp")
    throw wrong("output_compression", "output_compression is only supported for jpeg and webp.");
  if (given.partial_images && !stream) throw wrong("partial_images", "partial_images requires stream to be true.");
  checkFidelity(model, given, surface, prefix);
  if (given.complexity != null && model.family !== "2.6")
    throw wrong("complexity", `'complexity' is not supported by '${model.id}'.`);
  checkMotion(model, given, format, stream, prefix);
  if (format === "svg") {
    if (model.family !== "2.6") throw wrong("output_format", `'${model.id}' cannot draw svg.`);
    if (surface === "edits" || stream || given.partial_images || (given.n ?? 1) !== 1)
      throw wrong("output_format", "svg needs n = 1 and neither edits nor streaming.");
  } else if (given.svg != null) throw wrong("svg", "svg is only valid with output_format 'svg'.");
}

function checkSize(model: ImageModel, size: string, prefix: string) {
  if (size === "auto") return;
  const wrong = (why: string) => invalid("invalid_value", `${prefix}size`, `Invalid size '${size}': ${why}.`);
  const [, w, h] = /^(\d{2,5})x(\d{2,5})$/.exec(size) ?? [];
  if (!w || !h) throw wrong("use 'auto' or WIDTHxHEIGHT");
  const fixed = model.family === "1.5" || model.family === "mini";
  if (fixed) {
    if (!(FIXED_SIZES as readonly string[]).includes(size))
      throw wrong(`'${model.id}' draws ${FIXED_SIZES.join(", ")}`);
    return;
  }
  const [width, height] = [Number(w), Number(h)];
  if (width % SIZE_LIMITS.step || height % SIZE_LIMITS.step) throw wrong("both edges must be multiples of 16");
  if (Math.max(width, height) > SIZE_LIMITS.longest) throw wrong("the longest edge is 3840");
  if (Math.max(width / height, height / width) > SIZE_LIMITS.ratio)
    throw wrong("the aspect ratio must be within 1:3 and 3:1");
  if (width * height < SIZE_LIMITS.fewest || width * height > SIZE_LIMITS.most)
    throw wrong("between 655360 and 8294400 pixels");
}

function checkFidelity(model: ImageModel, given: PictureParameters, surface: Surface, prefix: string) {
  if (given.input_fidelity === undefined) return;
  const old = model.family === "1.5" || (model.family === "mini" && given.input_fidelity !== "high");
  if (old && surface !== "generations") return;
  const param = surface === "tool" ? "tools" : `${prefix}input_fidelity`;
  throw new Refusal(400, {
    message: `input_fidelity is not supported by '${model.id}'.`,
    type: "image_generation_user_error",
    param,
    code: "invalid_input_fidelity_model",
  });
}

function checkMotion(model: ImageModel, given: PictureParameters, format: string, stream: boolean, prefix: string) {
  const wrong = (param: string, message: string) => invalid("invalid_value", prefix + param, message);
  if (format !== "gif") {
    if (given.frame_count != null) throw wrong("frame_count", "frame_count is only valid with output_format 'gif'.");
    if (given.frame_duration_ms != null)
      throw wrong("frame_duration_ms", "frame_duration_ms is only valid with output_format 'gif'.");
    return;
  }
  if (model.family !== "2.6") throw wrong("output_format", `'${model.id}' cannot draw gif.`);
  if (stream || given.partial_images) throw wrong("output_format", "gif cannot be streamed.");
  const [w, h] = (given.size ?? "").split("x").map(Number);
  if (w && h && w * h * (given.frame_count ?? 9) > SIZE_LIMITS.most)
    throw wrong("size", "All frames together may have 8294400 pixels.");
}
