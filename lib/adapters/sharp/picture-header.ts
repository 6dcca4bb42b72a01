import { StepError } from "../../protocol/failure.ts";

/** What a file says about itself before anything is decoded. Sizes in pixels, before orientation. */
export type Header = { family: "png" | "jpeg" | "webp"; width: number; height: number; lossless?: boolean };

/** A colour profile larger than this is dropped instead of read: real ones are a few kilobytes. */
export const PROFILE_BYTES = 1024 * 1024;

/** The error for a file that is of an accepted type and damaged; `why` ends the sentence. */
export const corrupt = (why: string): StepError =>
  new StepError("IMAGE_CORRUPT", `The picture cannot be read: ${why}. Export it again from where it came from.`);
