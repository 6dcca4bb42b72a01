import { readPng } from "./png.ts";
import { type ImagesRequest, Refusal, type ResponseRequest } from "./wire.ts";

/** A picture that went over the wire, in a request or in an answer. */
export type Seen = { width: number; height: number };
/** A stored response as later turns see it. */
export type Parent = { stored: boolean; gone: boolean; picture?: Seen };

const bad = (code: string, message: string, param?: string) => new Refusal(400, code, message, param);

/** The bytes of a data URL whose declared type is what they are. */
function pictureOf(url: string | undefined, param: string): { bytes: Buffer; seen?: Seen } {
  const match = /^data:(image\/(?:png|jpeg|webp));base64,([A-Za-z0-9+/]+={0,2})$/.exec(url ?? "");
  if (!match || url!.length > 20_971_520) throw bad("invalid_image_url", `${param} is no usable data URL`, param);
  const bytes = Buffer.from(match[2]!, "base64");
  const type =
    bytes[0] === 0x89
      ? "image/png"
      : bytes[0] === 0xff
        ? "image/jpeg"
        : bytes.toString("latin1", 8, 12) === "WEBP"
          ? "image/webp"
          : "";
  if (type !== match[1])
    throw bad("invalid_image_format", `${param} is declared ${match[1]} but is ${type || "no picture"}`, param);
  const png = type === "image/png" ? readPng(bytes) : undefined;
  return { bytes, seen: png && { width: png.width, height: png.height } };
}

function checkSize(size: string, param: string): void {
  if (size === "auto") return;
  const [width = 0, height = 0] = size.split("x").map(Number);
  const ratio = Math.max(width, height) / Math.min(width, height);
  const pixels = width * height;
  if (
    width % 16 ||
    height % 16 ||
    Math.max(width, height) > 3840 ||
    ratio > 3 ||
    pixels < 655_360 ||
    pixels > 8_294_400
  )
    throw bad("invalid_value", `${param}: ${size} is no size this model draws`, param);
}

type Drawing = Pick<ImagesRequest, "size" | "background" | "output_format" | "output_compression" | "partial_images">;
function checkDrawing(drawing: Drawing, stream: boolean, at: string): void {
  checkSize(drawing.size, `${at}size`);
  if (drawing.background === "transparent" && drawing.output_format === "jpeg")
    throw bad("invalid_value", "a jpeg cannot be transparent", `${at}background`);
  if (drawing.output_compression !== undefined && drawing.output_format === "png")
    throw bad("invalid_value", "a png takes no compression", `${at}output_compression`);
  if ((drawing.partial_images ?? 0) > 0 && !stream)
    throw bad("invalid_value", "partial pictures need a stream", `${at}partial_images`);
}

/** Masks: PNG with alpha and at least one hole, as large as the first picture, below 4 MB. */
function checkMask(url: string | undefined, first: Seen | undefined, param: string): void {
  const { bytes } = pictureOf(url, param);
  const png = readPng(bytes);
  if (!png?.alpha) throw bad("invalid_mask", "the mask must be a PNG with an alpha channel", param);
  if (!png.holes) throw bad("invalid_mask", "the mask has no transparent pixel", param);
  if (bytes.length > 4e6) throw bad("invalid_mask", "the mask is too large", param);
  if (!first) throw bad("invalid_mask", "a mask needs a picture", param);
  if (png.width !== first.width || png.height !== first.height)
    throw bad(
      "invalid_mask",
      `the mask is ${png.width}x${png.height}, the picture ${first.width}x${first.height}`,
      param,
    );
}

/** Rules of a create call that no schema can hold. `parentOf` finds a stored response. */
export function checkResponse(request: ResponseRequest, parentOf: (id: string) => Parent | undefined): void {
  const pictures = request.input.flatMap((message) =>
    message.content.flatMap((part, index) =>
      part.type === "input_image" ? [pictureOf(part.image_url, `input.content[${index}].image_url`)] : [],
    ),
  );
  if (!request.metadata?.call_key) throw bad("missing_required_parameter", "metadata.call_key", "metadata");
  const parent = request.previous_response_id === undefined ? undefined : parentOf(request.previous_response_id);
  if (request.previous_response_id !== undefined) {
    if (!parent?.stored || parent.gone)
      throw bad(
        "previous_response_not_found",
        `Previous response with id '${request.previous_response_id}' not found.`,
        "previous_response_id",
      );
    if (!request.instructions)
      throw bad("instructions_missing", "a threaded turn must bring its instructions again", "instructions");
  }
  if (request.text) {
    if (request.store !== false) throw bad("store", "a judge call must not be stored", "store");
    return;
  }
  if (request.background !== true || request.store !== true)
    throw bad("not_recoverable", "a drawing or conversing call must be in the background and stored", "background");
  const [tool] = request.tools ?? [];
  if (!tool) {
    if (request.tool_choice !== undefined)
      throw bad("invalid_value", "Tool choice not found in 'tools' parameter.", "tool_choice");
    return;
  }
  if (JSON.stringify(request.tool_choice) !== '{"type":"image_generation"}')
    throw bad("unforced", "the image tool must be forced", "tool_choice");
  checkDrawing(tool, request.stream === true, "tools[0].");
  const first = pictures[0]?.seen ?? parent?.picture;
  if (tool.action === "edit" && pictures.length === 0 && !parent?.picture)
    throw bad("invalid_image_mode", "nothing to edit", "tools[0].action");
  if (tool.input_image_mask)
    checkMask(
      "image_url" in tool.input_image_mask ? tool.input_image_mask.image_url : undefined,
      first,
      "tools[0].input_image_mask",
    );
}

export function checkImages(request: ImagesRequest): void {
  checkDrawing(request, request.stream === true, "");
  if (request.stream && (request.n ?? 1) > 1) throw bad("invalid_value", "a stream carries one picture", "n");
  const pictures = (request.images ?? []).map((ref, index) =>
    pictureOf("image_url" in ref ? ref.image_url : undefined, `images[${index}]`),
  );
  if (request.mask)
    checkMask("image_url" in request.mask ? request.mask.image_url : undefined, pictures[0]?.seen, "mask");
}
