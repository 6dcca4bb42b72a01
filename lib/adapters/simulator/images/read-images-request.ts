import { invalid } from "../http/refusal.ts";
import type { ImageModel } from "../models-served.ts";
import { checkPictureParameters } from "../requests/check-image-parameters.ts";
import { checkMarkup, checkMask } from "../requests/check-mask.ts";
import { imageModel } from "../requests/check-model.ts";
import { editsFormFields, editsJsonBody, generationsBody, type ImagesBody } from "../requests/images-schema.ts";
import { parseStrictly } from "../requests/parse-strictly.ts";
import { pictureFacts } from "../requests/picture-facts.ts";
import { type Incoming, jsonBody } from "../requests/read-body.ts";
import { checkDeclared, resolvePicture } from "../requests/resolve-picture.ts";
import type { World } from "../world.ts";

/** An Image API request that passed every check. */
export type ImagesRequest = {
  body: ImagesBody;
  model: ImageModel;
  images: Uint8Array[];
  mask: Uint8Array | null;
  markup: Uint8Array | null;
};

const NUMBERS = ["n", "output_compression", "partial_images", "frame_count", "frame_duration_ms"];
const LARGEST = 50 * 1024 * 1024;

/** Reads POST /images/generations. */
export function readGenerations(world: World, incoming: Incoming): ImagesRequest {
  const body = parseStrictly(generationsBody, jsonBody(incoming)) as ImagesBody;
  const model = imageModel(world.models, body.model, "model", world.now());
  checkPictureParameters(model, body, "generations", body.stream === true);
  return { body, model, images: [], mask: null, markup: null };
}

/** Reads POST /images/edits in either encoding. */
export async function readEdits(world: World, incoming: Incoming): Promise<ImagesRequest> {
  const request =
    incoming.body.kind === "form" ? await readForm(world, incoming.body.form) : await readJson(world, incoming);
  const { body, model, images, mask, markup } = request;
  checkPictureParameters(model, body, "edits", body.stream === true);
  if (images.length < 1 || images.length > 16)
    throw invalid("invalid_value", "image", "Between 1 and 16 images are needed.");
  for (const bytes of images)
    if (bytes.length >= LARGEST)
      throw invalid("image_file_too_large", "image", "Each image must be smaller than 50 MB.");
  if (mask && markup) throw invalid("mutually_exclusive_parameters", "markup", "markup cannot be combined with mask.");
  if (mask && body.output_format === "gif")
    throw invalid("invalid_value", "mask", "A mask cannot be combined with gif.");
  if (mask) await checkMask(mask, images[0]!, "mask");
  if (markup && model.family !== "2.5" && model.family !== "2.6")
    throw invalid("invalid_value", "markup", `'markup' is not supported by '${model.id}'.`);
  if (markup) await checkMarkup(markup, images[0]!, "markup");
  return request;
}

async function readJson(world: World, incoming: Incoming): Promise<ImagesRequest> {
  const body = parseStrictly(editsJsonBody, jsonBody(incoming)) as ImagesBody;
  const model = imageModel(world.models, body.model, "model", world.now());
  const images = await Promise.all(
    body.images!.map((reference, i) => resolvePicture(world, reference, `images[${i}]`, true)),
  );
  const mask = body.mask ? await resolvePicture(world, body.mask, "mask") : null;
  const markup = body.markup ? await resolvePicture(world, body.markup, "markup") : null;
  return { body, model, images, mask, markup };
}

async function readForm(world: World, form: FormData): Promise<ImagesRequest> {
  const fields: Record<string, unknown> = {};
  const images: Uint8Array[] = [];
  const layers: { mask: Uint8Array | null; markup: Uint8Array | null } = { mask: null, markup: null };
  for (const [name, value] of form.entries()) {
    if (typeof value === "string") {
      fields[name] = fieldValue(name, value);
      continue;
    }
    const bytes = new Uint8Array(await value.arrayBuffer());
    if (!["image", "image[]", "mask", "markup"].includes(name))
      throw invalid("unknown_parameter", name, `Unknown parameter: '${name}'.`);
    checkDeclared(value.type, bytes, name);
    await pictureFacts(bytes, name);
    if (name === "mask" || name === "markup") layers[name] = bytes;
    else images.push(bytes);
  }
  const body = parseStrictly(editsFormFields, fields) as ImagesBody;
  if (images.length === 0) throw invalid("missing_required_parameter", "image", "Missing required parameter: 'image'.");
  return { body, model: imageModel(world.models, body.model, "model", world.now()), images, ...layers };
}

function fieldValue(name: string, value: string): unknown {
  if (NUMBERS.includes(name) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (name === "stream" && (value === "true" || value === "false")) return value === "true";
  return value;
}
