import { StepError } from "../protocol/failure.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { AssetStore, ImageOps, Journal } from "./ports.ts";
import type { StoredImage } from "./studio-api.ts";

/** A picture from outside, made safe (oriented, 8-bit sRGB, re-encoded, metadata dropped) and stored. Throws StepError IMAGE_* / EMPTY_FILE. */
export async function storeUpload(
  ports: { journal: Journal; assets: AssetStore; ops: ImageOps },
  bytes: Uint8Array,
): Promise<StoredImage> {
  if (bytes.length > LIMITS.uploadBytes) {
    throw new StepError(
      "FILE_TOO_LARGE",
      `The file has ${bytes.length} bytes; at most ${LIMITS.uploadBytes} can be uploaded.`,
    );
  }
  const picture = await ports.ops.normalise(bytes);
  const { asset, known } = await ports.assets.put(picture.bytes);
  const { width, height, mediaType } = picture;
  await ports.journal.putAssetInfo({ asset, bytes: picture.bytes.length, mediaType, width, height });
  return { asset, width, height, mediaType, known };
}
