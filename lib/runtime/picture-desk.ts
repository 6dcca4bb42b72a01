import { StepError } from "../protocol/failure.ts";
import { AssetMissing } from "./ports.ts";
import type { Studio } from "./studio-api.ts";
import type { StudioPorts } from "./studio-ports.ts";
import { createTurnstile } from "./turnstile.ts";
import { storeLut, storeUpload } from "./upload.ts";

/** Pictures fetched from addresses at once: each may hold 25 MiB while it is read. */
const FETCHES = 4;

type PicturePart = "upload" | "uploadFrom" | "uploadLut" | "asset" | "assetPath" | "thumbnail";

/** Assets: taken in, handed out, shown small. */
export function createPictureDesk(ports: StudioPorts): Pick<Studio, PicturePart> {
  const { journal, assets, ops } = ports;
  const oneOfFew = createTurnstile(FETCHES);

  return {
    upload: (bytes) => storeUpload(ports, bytes),
    uploadFrom: (url, signal) =>
      oneOfFew(async () => storeUpload(ports, await ports.pictures.fetchPicture(url, signal))),
    uploadLut: (bytes) => storeLut(ports, bytes),

    async asset(asset) {
      try {
        const bytes = await assets.get(asset);
        const info = await journal.assetInfo(asset);
        return { bytes, mediaType: info?.mediaType ?? "application/octet-stream" };
      } catch (error) {
        if (error instanceof AssetMissing) return undefined;
        throw error;
      }
    },
    assetPath: (asset) => assets.path(asset),

    async thumbnail(asset, width) {
      try {
        return await ops.thumbnail(await assets.get(asset), width);
      } catch (error) {
        if (error instanceof AssetMissing || error instanceof StepError) return undefined;
        throw error;
      }
    },
  };
}
