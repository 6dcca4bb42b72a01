import { StepError } from "../protocol/failure.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { AssetStore, ImageOps, Journal } from "./ports.ts";
import type { StoredImage, StoredLut } from "./studio-api.ts";

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

const CUBE = "text/x-cube";

/** A look-up table (.cube), stored byte for byte once it is known to be one. Throws StepError EMPTY_FILE, FILE_TOO_LARGE or LUT_INVALID naming the line. */
export async function storeLut(
  ports: { journal: Pick<Journal, "putAssetInfo">; assets: AssetStore; ops: Pick<ImageOps, "checkLut"> },
  bytes: Uint8Array,
): Promise<StoredLut> {
  if (bytes.length === 0) throw new StepError("EMPTY_FILE", "The file is empty.");
  if (bytes.length > LIMITS.lutBytes)
    throw new StepError(
      "FILE_TOO_LARGE",
      `The table has ${bytes.length} bytes; at most ${LIMITS.lutBytes} can be stored.`,
    );
  const facts = await ports.ops.checkLut(readText(bytes));
  const { asset, known } = await ports.assets.put(bytes);
  await ports.journal.putAssetInfo({ asset, bytes: bytes.length, mediaType: CUBE });
  return { asset, known, ...facts };
}

function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new StepError("LUT_INVALID", "The .cube table cannot be used: it is not a text.");
  }
}
