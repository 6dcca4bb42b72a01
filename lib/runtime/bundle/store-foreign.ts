import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { AssetStore, ImageOps, Journal } from "../ports.ts";

/**
 * Stores bytes of a bundle under their own hash: a document names them by it, so they may not be made anew as an upload is. Pictures are checked as far as
 * an upload is; what is no picture is kept as bytes that no browser is ever shown. Throws StepError IMAGE_* for a picture that lies.
 */
export async function storeForeign(
  {
    assets,
    ops,
    journal,
  }: { assets: Pick<AssetStore, "put">; ops: Pick<ImageOps, "inspect">; journal: Pick<Journal, "putAssetInfo"> },
  bytes: Buffer,
): Promise<void> {
  const picture = await ops.inspect(bytes).catch((error: unknown) => {
    const other =
      error instanceof StepError && (error.code === "UNSUPPORTED_IMAGE_TYPE" || error.code === "EMPTY_FILE");
    if (other && bytes.length <= LIMITS.uploadBytes) return undefined;
    throw error;
  });
  const { asset } = await assets.put(bytes);
  const size = picture ? { width: picture.width, height: picture.height } : {};
  const mediaType = picture?.mediaType ?? "application/octet-stream";
  await journal.putAssetInfo({ asset, bytes: bytes.length, mediaType, ...size });
}
