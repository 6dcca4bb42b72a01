/** A picture to be made, wherever it was asked for. */
export type PictureOrder = {
  seed: string;
  /** The call that drew the first picture of the conversation: what it is about stays the same from there on. Left out: this one is the first. */
  likeness?: string;
  prompt: string;
  instructions: string;
  earlier: readonly string[];
  /** The picture to go on from; null draws a new one. */
  base: Uint8Array | null;
  mask: Uint8Array | null;
  references: readonly Uint8Array[];
  size: string;
  background: string;
  format: "png" | "jpeg" | "webp" | "gif" | "svg";
  compression: number | null;
  frames: number;
  frameMs: number;
};

/** A picture that was made. */
export type MadePicture = {
  bytes: Uint8Array;
  width: number;
  height: number;
  revisedPrompt: string;
  background: "transparent" | "opaque";
};
