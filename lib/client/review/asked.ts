import type { EarlierPass, Review, SharedReview } from "../../protocol/reviews.ts";
import type { AssetId, ImageValue } from "../../protocol/values.ts";
import { assetUrl } from "../call-api.ts";
import { type AnswerShape, answerShape } from "./answer-shape.ts";

/** A picture somebody is asked about. `place` is the number an answer calls it by. */
export type AskedPicture = {
  place: number;
  asset: AssetId;
  width: number;
  height: number;
  label?: string;
  /** Everything known of it; a colleague with a link is told none of this. */
  value?: ImageValue;
  earlier: readonly EarlierPass[];
};

/** A question as a screen shows it, whether it comes from the inbox or from a link. */
export type Asked = {
  key: string;
  question: string;
  shape: AnswerShape;
  pictures: readonly AskedPicture[];
  texts: readonly string[];
  simulated: boolean;
  dueAt?: number;
  /** Where a picture is, whole or with its longest side at `width` pixels. */
  address(asset: AssetId, width?: number): string;
};

/** A question of the inbox, with where it comes from. */
export type InboxAsked = Asked & { review: Review };

/** The name a review goes by in this browser. */
export const keyOf = ({ runId, stepKey }: Pick<Review, "runId" | "stepKey">): string => `${runId}/${stepKey}`;

/** The address of a review's API. */
export const apiOf = ({ runId, stepKey }: Pick<Review, "runId" | "stepKey">): string =>
  `/api/reviews/${encodeURIComponent(runId)}/${encodeURIComponent(stepKey)}`;

/** A review as the inbox shows it. */
export function inboxAsked(review: Review): InboxAsked {
  const { items } = review;
  const pictures = items.flatMap(({ index, about, earlier }) => {
    const images = about.filter((value) => value.kind === "image");
    return images.map((value, at): AskedPicture => {
      const { asset, width, height, label } = value;
      return { place: placeOf(items, images, index, at), asset, width, height, label, value, earlier };
    });
  });
  return {
    key: keyOf(review),
    question: sentence(review.question),
    shape: answerShape(review.answer, review.outputs),
    pictures,
    texts: items.flatMap(({ about }) => about.flatMap((value) => (value.kind === "text" ? [value.text] : []))),
    simulated: review.simulated,
    dueAt: review.dueAt,
    address: assetUrl,
    review,
  };
}

/** A question that came by a link; its pictures are fetched by the same link. */
export function sharedAsked(token: string, shared: SharedReview): Asked {
  const { items } = shared;
  return {
    key: "shared",
    question: sentence(shared.question),
    shape: answerShape(shared.answer, shared.outputs),
    pictures: items.flatMap(({ index, pictures }) =>
      pictures.map(({ asset, width, height, label }, at) => ({
        place: placeOf(items, pictures, index, at),
        asset,
        width,
        height,
        label,
        earlier: [],
      })),
    ),
    texts: items.flatMap(({ texts }) => texts),
    simulated: shared.simulated,
    dueAt: shared.dueAt,
    address: (asset, width) =>
      `/api/shared/${encodeURIComponent(token)}/assets/${asset.replace("sha256:", "")}${width === undefined ? "" : `?w=${width}`}`,
  };
}

/** Several items are numbered by item; one item that shows several pictures numbers those. */
const placeOf = (items: readonly unknown[], pictures: readonly unknown[], item: number, at: number): number =>
  items.length === 1 && pictures.length > 1 ? at : item;

function sentence(question: unknown): string {
  if (typeof question === "string" && question.trim() !== "") return question;
  const { text, question: inner } = (typeof question === "object" && question !== null ? question : {}) as Record<
    string,
    unknown
  >;
  const found = [text, inner].find((one) => typeof one === "string" && one.trim() !== "");
  return typeof found === "string" ? found : "What do you say?";
}
