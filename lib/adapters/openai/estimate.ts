import { drawPriceUpperBound, imageModel, MOST_TOKENS, textModel, textPriceUpperBound } from "../../protocol/models.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import type { AssetId } from "../../protocol/values.ts";
import { type KnownSizes, type Part, ProviderError, type ProviderRequest } from "../../runtime/ports.ts";
import { streamsPartials } from "./images-body.ts";

const bytesOf = (...texts: (string | undefined)[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? "", "utf8"), 0);
const textOf = (parts: Part[]): string => parts.map((part) => (part.type === "text" ? part.text : "")).join("\n");
const imagesOf = (parts: Part[]): AssetId[] => parts.flatMap((part) => (part.type === "image" ? [part.asset] : []));

function bound(request: ProviderRequest, known: KnownSizes | undefined): MicroUsd | undefined {
  const pixelsOf = (assets: (AssetId | undefined)[]) =>
    assets.filter((asset) => asset !== undefined).map((asset) => known?.pixels.get(asset));
  if (request.lane === "oneshot")
    return drawPriceUpperBound({
      imageModel: request.imageModel,
      size: request.size,
      quality: request.quality,
      n: request.n,
      partials: streamsPartials(request) ? request.partials : 0,
      textBytes: bytesOf(request.prompt),
      pictures: pixelsOf([...request.images, request.mask, request.markup]),
    });
  if (request.lane === "judge")
    return textPriceUpperBound({
      model: request.model,
      textBytes: bytesOf(request.instructions, textOf(request.parts), JSON.stringify(request.schema)),
      pictures: pixelsOf(imagesOf(request.parts)),
      maxOutputTokens: MOST_TOKENS.judge,
    });
  const { tool, model } = request;
  const ask = {
    textBytes: bytesOf(request.instructions, textOf(request.parts)),
    pictures: pixelsOf([...imagesOf(request.parts), tool?.mask]),
    earlier: request.previousResponseId === undefined ? undefined : (known?.earlier ?? ("unknown" as const)),
  };
  if (!tool) return textPriceUpperBound({ ...ask, model, maxOutputTokens: MOST_TOKENS.talk });
  const { imageModel, size, quality, partials } = tool;
  return drawPriceUpperBound({ ...ask, textModel: model, imageModel, size, quality, partials, n: 1 });
}

/** Upper bound of what a request may cost; what `known` does not tell is taken at its largest. Throws ProviderError rejected/NO_PRICE: an unknown price is never counted as zero. */
export function estimate(request: ProviderRequest, known?: KnownSizes): MicroUsd {
  const most = bound(request, known);
  if (most !== undefined) return most;
  const words = request.lane === "oneshot" ? undefined : request.model;
  const draws =
    request.lane === "oneshot" ? request.imageModel : request.lane === "judge" ? undefined : request.tool?.imageModel;
  const unpriced = [words && !textModel(words)?.price && words, draws && !imageModel(draws)?.price && draws].filter(
    Boolean,
  );
  const message = `No price is known for ${unpriced.join(" and ")}, so the cost cannot be bounded; choose a model with a price.`;
  throw new ProviderError("rejected", "NO_PRICE", message);
}
