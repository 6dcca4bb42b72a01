import { drawPriceUpperBound, imageModel, textModel, textPriceUpperBound } from "../../protocol/models.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import { type Part, ProviderError, type ProviderRequest } from "../../runtime/ports.ts";
import { streamsPartials } from "./images-body.ts";
import { MOST_TOKENS } from "./responses-body.ts";

const bytesOf = (...texts: (string | undefined)[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? "", "utf8"), 0);
const textOf = (parts: Part[]): string => parts.map((part) => (part.type === "text" ? part.text : "")).join("\n");
const imagesOf = (parts: Part[]): number => parts.filter((part) => part.type === "image").length;

function bound(request: ProviderRequest): MicroUsd | undefined {
  if (request.lane === "oneshot")
    return drawPriceUpperBound({
      imageModel: request.imageModel,
      size: request.size,
      quality: request.quality,
      n: request.n,
      partials: streamsPartials(request) ? request.partials : 0,
      textBytes: bytesOf(request.prompt),
      images: request.images.length + (request.mask ? 1 : 0),
      continues: false,
    });
  if (request.lane === "judge")
    return textPriceUpperBound({
      model: request.model,
      textBytes: bytesOf(request.instructions, textOf(request.parts), JSON.stringify(request.schema)),
      images: imagesOf(request.parts),
      continues: false,
      maxOutputTokens: MOST_TOKENS.judge,
    });
  const { tool, previousResponseId } = request;
  const ask = {
    textBytes: bytesOf(request.instructions, textOf(request.parts)),
    continues: previousResponseId !== undefined,
  };
  const images = imagesOf(request.parts) + (tool?.mask ? 1 : 0);
  if (!tool) return textPriceUpperBound({ ...ask, model: request.model, images, maxOutputTokens: MOST_TOKENS.talk });
  const { imageModel, size, quality, partials } = tool;
  return drawPriceUpperBound({ ...ask, textModel: request.model, imageModel, size, quality, partials, n: 1, images });
}

/** Upper bound of what a request may cost. Throws ProviderError rejected/NO_PRICE: an unknown price is never counted as zero. */
export function estimate(request: ProviderRequest): MicroUsd {
  const most = bound(request);
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
