import { parseSize } from "../../../protocol/draw-rules.ts";
import { IMAGE_MODELS, imageModel, retirement, TEXT_MODELS, textModel } from "../../../protocol/model-table.ts";
import { drawPriceUpperBound } from "../../../protocol/prices.ts";
import { usd } from "../../words.ts";

/** One model on offer. `price` and `leaves` are words for people; `gone`: it cannot be chosen any more. */
export type ModelOption = { id: string; price?: string; leaves?: string; gone: boolean; earlier: boolean };

/** How a picture would be drawn, as far as its price depends on it. */
export type Asked = { size: string; quality: string };

/** The image models with the most a picture of this size and quality costs, current ones first. `now` in epoch ms. */
export const imageModels = (asked: Asked, now: number): ModelOption[] =>
  IMAGE_MODELS.map((model) => ({
    ...lifeOf(model, now),
    price: picturePrice(model.id, asked),
  })).sort(currentFirst);

/** The text models with their price, current ones first. `now` in epoch ms. */
export const textModels = (now: number): ModelOption[] =>
  TEXT_MODELS.map((model) => ({
    ...lifeOf(model, now),
    price: model.price && `${usd(model.price.input)} in, ${usd(model.price.output)} out per million tokens`,
  })).sort(currentFirst);

/** The most one picture costs with a model, in words; undefined when its price is not known. */
export function picturePrice(id: string, { size, quality }: Asked): string | undefined {
  const known = size === "auto" || parseSize(size) ? size : "auto";
  const bound = drawPriceUpperBound({
    imageModel: id,
    size: known,
    quality,
    n: 1,
    partials: 0,
    textBytes: 0,
    pictures: [],
  });
  return bound === undefined ? undefined : `up to ${usd(bound / 1_000_000)} a picture`;
}

/** Is this a model the table knows, dated snapshots included? */
export const isKnownModel = (id: string, of: "text" | "image"): boolean =>
  (of === "image" ? imageModel(id) : textModel(id)) !== undefined;

type Dated = { id: string; status: "current" | "earlier"; shutdown?: string; replacement?: string; price?: object };

function lifeOf(model: Dated, now: number): ModelOption {
  const gone = retirement(model, now) === "retired";
  const leaves = model.shutdown && (gone ? `shut down on ${model.shutdown}` : `until ${model.shutdown}`);
  return { id: model.id, leaves, gone: gone || !model.price, earlier: model.status === "earlier" };
}

const rank = ({ gone, leaves, earlier }: ModelOption): number => (gone ? 3 : leaves ? 2 : earlier ? 1 : 0);
const currentFirst = (a: ModelOption, b: ModelOption): number => rank(a) - rank(b);
