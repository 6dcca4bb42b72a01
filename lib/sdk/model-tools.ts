import type { ImageValue, MaskValue, SpecValue, ThreadValue, Turn } from "../protocol/values.ts";

/** The settings shared by every node that draws; names are the graph document's. */
export type DrawSettings = {
  lane: "conversation" | "oneshot";
  model: string;
  imageModel: string;
  size: string;
  quality: string;
  background: string;
  format: "png" | "jpeg" | "webp";
  compression?: number;
  partials: number;
  moderation: string;
};

/**
 * What a node wants drawn. It says what continues what; how that becomes a request (previous id, pixels, sheet, rehydration) is
 * the runtime's threading rule. `continues` = the turn to continue without a picture of its own; `picture` = the picture to
 * change, whose turn is continued unless `memory` is fresh.
 */
export type DrawRequest = {
  prompt: string;
  settings: DrawSettings;
  variants: number;
  action: "auto" | "edit" | "generate";
  spec?: SpecValue;
  references: ImageValue[];
  continues?: ThreadValue | Turn;
  picture?: ImageValue;
  memory?: "continue" | "fresh";
  mask?: MaskValue;
};

export type TalkRequest = {
  text: string;
  model: string;
  spec?: SpecValue;
  references: ImageValue[];
  continues?: ThreadValue | Turn;
};
export type TalkAnswer = { text: string; thread: ThreadValue };

/** One structured question about pictures. `schema` is a JSON Schema (root object); `samples` answers are asked for in one call. */
export type JudgeRequest = {
  name: string;
  instructions: string;
  text: string;
  images: ImageValue[];
  schema: Record<string, unknown>;
  model: string;
};
export type JudgeAnswer = { json: unknown; costUsd: number; model: string };

/** Model work, handed to nodes as `ctx.model`. Every call goes through the ledger: paid once, found again after a crash. */
export type ModelTools = {
  /** Pictures in the order asked for. Fewer than `variants` is reported by `ctx.warn`. Throws StepError (`moderation`, provider codes …). */
  draw(request: DrawRequest): Promise<ImageValue[]>;
  /** A text turn that continues or opens a conversation. */
  talk(request: TalkRequest): Promise<TalkAnswer>;
  /** A structured answer about pictures; stores nothing at the provider. */
  judge(request: JudgeRequest): Promise<JudgeAnswer>;
};
