import type { ProviderRequest } from "../../runtime/ports.ts";
import { mediaTypeOf } from "./pictures.ts";
import { dataUrl, type ReadAsset } from "./responses-body.ts";

type Oneshot = Extract<ProviderRequest, { lane: "oneshot" }>;

/** What goes to the Image API: a JSON body, or form fields with files where a picture is too large for a data URL or marks lie over it. */
export type ImagesRequest = {
  path: "/images/generations" | "/images/edits";
  stream: boolean;
  body: Record<string, unknown> | FormData;
};

/** Longest data URL the JSON form takes (characters). */
const MOST_URL_CHARS = 20_971_520;

/** Partial pictures come on a stream, and a stream carries one picture. */
export const streamsPartials = (request: Oneshot): boolean => request.partials > 0 && request.n === 1;

function settings(request: Oneshot): Record<string, string | number | boolean> {
  return {
    model: request.imageModel,
    prompt: request.prompt,
    n: request.n,
    size: request.size,
    quality: request.quality,
    background: request.background,
    output_format: request.format,
    ...(request.compression !== undefined && request.format !== "png"
      ? { output_compression: request.compression }
      : {}),
    ...(streamsPartials(request) ? { stream: true, partial_images: request.partials } : {}),
  };
}

export async function imagesRequest(
  request: Oneshot,
  readAsset: ReadAsset,
  mostChars: number = MOST_URL_CHARS,
): Promise<ImagesRequest> {
  const stream = streamsPartials(request);
  const plain = settings(request);
  if (request.op === "generate" || request.images.length === 0)
    return { path: "/images/generations", stream, body: { ...plain, moderation: request.moderation } };
  // Of the markup only the form is documented (openai.md section 1).
  if (request.markup) return { path: "/images/edits", stream, body: await formOf(request, plain, readAsset) };
  const urls = await Promise.all(request.images.map((asset) => dataUrl(readAsset, asset)));
  const mask = request.mask ? await dataUrl(readAsset, request.mask) : undefined;
  if ([...urls, mask ?? ""].every((url) => url.length <= mostChars)) {
    const images = urls.map((image_url) => ({ image_url }));
    // No `moderation`: edits have no such parameter in the provider's types, and an unknown one is refused.
    const body = { ...plain, images, ...(mask ? { mask: { image_url: mask } } : {}) };
    return { path: "/images/edits", stream, body };
  }
  return { path: "/images/edits", stream, body: await formOf(request, plain, readAsset) };
}

/** Files carry their real media type (the API refuses octet-stream); `moderation` is not a field of this form. */
async function formOf(
  request: Oneshot,
  plain: Record<string, string | number | boolean>,
  readAsset: ReadAsset,
): Promise<FormData> {
  const form = new FormData();
  for (const [key, value] of Object.entries(plain)) form.append(key, String(value));
  const file = async (asset: Oneshot["images"][number], name: string) => {
    const stored = await readAsset(asset);
    const { bytes } = stored;
    const mediaType = mediaTypeOf(Buffer.from(bytes.subarray(0, 32))) ?? stored.mediaType;
    return new File([bytes as Uint8Array<ArrayBuffer>], `${name}.${mediaType.split("/")[1]}`, { type: mediaType });
  };
  const field = request.images.length > 1 ? "image[]" : "image";
  for (const [index, asset] of request.images.entries()) form.append(field, await file(asset, `image-${index + 1}`));
  if (request.mask) form.append("mask", await file(request.mask, "mask"));
  if (request.markup) form.append("markup", await file(request.markup, "markup"));
  return form;
}
