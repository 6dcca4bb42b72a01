import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { AssetStore, ImageOps, Journal, PictureInfo } from "../ports.ts";

/** What a picture of a bundle is; undefined for what is no picture. Throws StepError IMAGE_* for a picture that lies. */
export async function checkForeign(
  { ops }: { ops: Pick<ImageOps, "inspect"> },
  bytes: Buffer,
): Promise<PictureInfo | undefined> {
  return await ops.inspect(bytes).catch((error: unknown) => {
    const other =
      error instanceof StepError && (error.code === "UNSUPPORTED_IMAGE_TYPE" || error.code === "EMPTY_FILE");
    if (other && bytes.length <= LIMITS.uploadBytes) return undefined;
    throw error;
  });
}

/**
 * Stores bytes of a bundle under their own hash: a document names them by it, so they may not be made anew as an upload is. Pictures are checked as far as
 * an upload is; what is no picture is kept as bytes that no browser is ever shown.
 */
export async function storeForeign(
  ports: {
    assets: Pick<AssetStore, "put">;
    ops: Pick<ImageOps, "inspect">;
    journal: Pick<Journal, "putAssetInfo">;
  },
  bytes: Buffer,
): Promise<void> {
  const picture = await checkForeign(ports, bytes);
  const { asset } = await ports.assets.put(bytes);
  const size = picture ? { width: picture.width, height: picture.height } : {};
  const mediaType = picture?.mediaType ?? "application/octet-stream";
  await ports.journal.putAssetInfo({ asset, bytes: bytes.length, mediaType, ...size });
}
