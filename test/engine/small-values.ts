import type { ImageValue, RevisionValue, TextValue } from "#lib/protocol/values.ts";

const hex = (name: string): string =>
  [...name]
    .map((c) => c.charCodeAt(0).toString(16).padStart(2, "0"))
    .join("")
    .padEnd(64, "0")
    .slice(0, 64);
export const asset = (name: string): string => `sha256:${hex(name)}`;

export const text = (words: string): TextValue => ({ kind: "text", text: words });

export const image = (name: string, more: Partial<ImageValue> = {}): ImageValue => ({
  kind: "image",
  asset: asset(name),
  width: 8,
  height: 8,
  mediaType: "image/png",
  made: { by: "local" },
  ...more,
});

export const drawn = (name: string, responseId: string): ImageValue =>
  image(name, {
    turn: { responseId, asset: asset(name), depth: 1, provider: "p", createdAt: 1 },
    made: { by: "model" },
  });

export const revision = (name: string): RevisionValue => ({
  kind: "revision",
  image: image(name),
  notes: "again",
  mode: "iterate",
});
