import type { ImageOps } from "./ports.ts";
import type { RunHub } from "./run-hub.ts";

/** Width of a partial picture as watchers see it (pixels). */
const PREVIEW_WIDTH = 384;

/** Partial pictures are made small and travel inside the event: nothing of them is ever stored. Nobody watching: nothing is made. */
export const previewOf =
  (ops: ImageOps, hub: RunHub) =>
  async (runId: string, bytes: Buffer): Promise<string | undefined> => {
    if (!hub.watched(runId)) return undefined;
    try {
      const small = await ops.thumbnail(bytes, PREVIEW_WIDTH);
      return `data:${small.mediaType};base64,${small.bytes.toString("base64")}`;
    } catch {
      return undefined;
    }
  };
