import type { Value } from "../../protocol/values.ts";

/** A stored asset as it is handed on: by its name, and by an address where there is one. */
export type AssetAddress = (asset: string, mediaType: string) => string | undefined;

/** Values as they leave: no pixels, and nothing of prompts, costs and the provider's names. Named one by one, so that what is added to a value stays inside. */
export function deliveredValue(value: Value, addressOf: AssetAddress): Record<string, unknown> {
  const { kind } = value;
  switch (value.kind) {
    case "text":
      return { kind, text: value.text };
    case "number":
      return { kind, number: value.number };
    case "image": {
      const { asset, width, height, mediaType, label } = value;
      return { kind, asset, width, height, mediaType, label, url: addressOf(asset, mediaType) };
    }
    case "file": {
      const { asset, mediaType, bytes, extension, label } = value;
      return { kind, asset, mediaType, bytes, extension, label, url: addressOf(asset, mediaType) };
    }
    case "mask":
      return { kind, asset: value.asset, width: value.width, height: value.height };
    case "spec":
      return { kind, name: value.name, hash: value.hash };
    case "verdict": {
      const { score, passed, decision, notes, of } = value;
      return { kind, score, passed, decision, notes, asset: of };
    }
    case "revision":
      return { kind, mode: value.mode, notes: value.notes, image: deliveredValue(value.image, addressOf) };
    case "record": {
      const { asset, mediaType } = value.record;
      const url = typeof asset === "string" && typeof mediaType === "string" ? addressOf(asset, mediaType) : undefined;
      return { kind, record: value.record, ...(url ? { url } : {}) };
    }
    default:
      return { kind };
  }
}
