import { invalid, notFound } from "../http/refusal.ts";
import type { World } from "../world.ts";
import { pictureFacts } from "./picture-facts.ts";

const LONGEST_URL = 20_971_520;

/** Where a picture comes from in a request. */
export type PictureReference = { image_url?: string | null; file_id?: string | null };

/** The bytes behind a data URL or an uploaded file; exactly one of the two must be given. `strictType` also compares the declared type with the bytes. */
export async function resolvePicture(
  world: World,
  reference: PictureReference,
  param: string,
  strictType = false,
): Promise<Uint8Array> {
  const given = [reference.image_url, reference.file_id].filter((value) => value != null);
  if (given.length !== 1)
    throw invalid("invalid_value", param, `Invalid '${param}': exactly one of image_url and file_id is needed.`);
  const bytes =
    reference.file_id != null
      ? fileBytes(world, reference.file_id, param)
      : dataUrlBytes(reference.image_url!, `${param}.image_url`, strictType);
  await pictureFacts(bytes, param);
  return bytes;
}

function fileBytes(world: World, id: string, param: string): Uint8Array {
  const file = world.store.loadFile(id);
  const bytes =
    file && (file.expiresAt === null || file.expiresAt > world.now()) ? world.store.getBlob(file.blob) : null;
  if (!bytes) throw notFound(`No such File object: ${id}`, `${param}.file_id`, "image_file_not_found");
  return bytes;
}

function dataUrlBytes(url: string, param: string, strictType: boolean): Uint8Array {
  if (url.length > LONGEST_URL)
    throw invalid("string_above_max_length", param, `Invalid '${param}': at most ${LONGEST_URL} characters.`);
  const [head, type] = /^data:([\w.+-]+\/[\w.+-]+);base64,/.exec(url) ?? [];
  if (!head || !type) {
    if (/^https?:/i.test(url))
      throw invalid(
        "failed_to_download_image",
        param,
        "The simulator does not download images: send a data URL or a file id.",
      );
    throw invalid("invalid_image_url", param, "Expected a base64-encoded data URL with an image MIME type.");
  }
  const text = url.slice(head.length);
  if (text === "" || text.length % 4 === 1 || /[^A-Za-z0-9+/=]|=[^=]/.test(text))
    throw invalid("invalid_base64_image", param, "The image is not well-formed base64.");
  if (!/^image\/(png|jpe?g|webp|gif)$/.test(type))
    throw invalid("unsupported_image_media_type", param, `Unsupported image type '${type}'.`);
  const bytes = Buffer.from(text, "base64");
  if (strictType) checkDeclared(type, bytes, param);
  return bytes;
}

/** The declared MIME type must be what the bytes are. */
export function checkDeclared(type: string, bytes: Uint8Array, param: string): void {
  const declared = type === "image/jpg" ? "image/jpeg" : type;
  const actual =
    bytes[0] === 0x89 ? "image/png" : bytes[0] === 0xff ? "image/jpeg" : bytes[0] === 0x52 ? "image/webp" : "unknown";
  if (!["image/png", "image/jpeg", "image/webp"].includes(declared))
    throw invalid(
      "unsupported_image_media_type",
      param,
      `Invalid file '${param}': unsupported mimetype ('${type}'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.`,
    );
  if (declared !== actual)
    throw invalid(
      "invalid_image_format",
      param,
      `Invalid file '${param}': declared as '${type}' but the bytes are ${actual}.`,
    );
}
