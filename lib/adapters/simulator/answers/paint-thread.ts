import { parentPort } from "node:worker_threads";
import { makePicture } from "./make-picture.ts";
import type { MadePicture, PictureOrder } from "./picture-order.ts";

/** What a painter is asked for, and what it sends back: without a picture it could not, and whoever asked finds out why. */
export type PaintJob = { id: number; order: PictureOrder };
export type PaintDone = { id: number; made?: MadePicture };

parentPort?.on("message", async ({ id, order }: PaintJob) => {
  const made = await makePicture(order).catch(() => undefined);
  parentPort?.postMessage({ id, made } satisfies PaintDone);
});
