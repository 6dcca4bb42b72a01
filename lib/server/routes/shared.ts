import * as z from "zod";
import { AssetQuery } from "../../protocol/http.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { problem } from "../../protocol/problems.ts";
import { SharedReview } from "../../protocol/reviews.ts";
import type { AssetId, ImageValue } from "../../protocol/values.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { json, type Route, route } from "../http.ts";
import { invalid } from "../http-problem.ts";
import { linkIsOver, type OpenLink, type ReviewLinks } from "../review-links.ts";
import { hexOf, serveAsset, unknownAsset } from "../serve-asset.ts";

const HIDDEN = { "x-robots-tag": "noindex, nofollow", "cache-control": "private, no-store" };
const gone = { says: "The link is not good, whatever the reason." };

/** What a link opens to somebody without an account: one question, its pictures, one answer. Every other address stays closed to them. */
export const sharedRoutes = ({ studio, links }: { studio: Studio; links: ReviewLinks }): Route[] => {
  const open = async (token = ""): Promise<OpenLink> => {
    const link = await links.open(token);
    if (!link) throw linkIsOver();
    return link;
  };
  const guard = async ({ token }: Record<string, string>) => void (await open(token));
  return [
    route({
      method: "GET",
      path: "/api/shared/:token",
      open: true,
      guard,
      summary: "What a link asks.",
      answers: { 200: { says: "The question and its pictures.", schema: SharedReview }, 401: gone },
      handle: async ({ params }) => json(200, SharedReview.parse(shownTo(await open(params.token))), HIDDEN),
    }),
    route({
      method: "GET",
      path: "/api/shared/:token/assets/:hash",
      open: true,
      guard,
      summary: "A picture of the question; ?w= gives a WebP preview.",
      query: AssetQuery.omit({ download: true }),
      answers: { 200: { says: "The bytes.", type: "image/*" }, 401: gone },
      async handle({ params, query, header }) {
        const link = await open(params.token);
        const hex = hexOf(params.hash);
        // A hash is no key: only what the question itself shows is handed out.
        if (hex === undefined || !picturesOf(link).has(`sha256:${hex}`)) throw unknownAsset();
        const answer = await serveAsset(studio, hex, query, header, HIDDEN["cache-control"]);
        return { ...answer, headers: { ...answer.headers, ...HIDDEN } };
      },
    }),
    route({
      method: "POST",
      path: "/api/shared/:token/answer",
      open: true,
      guard,
      summary: "Decides, once. The link is over then.",
      body: z.unknown(),
      bodyBytes: LIMITS.linkAnswerBytes,
      answers: {
        200: { says: "Taken.", schema: z.object({ taken: z.literal(true) }) },
        401: gone,
        422: { says: "Not an answer to this question; every mistake with its field." },
      },
      async handle({ params, body }) {
        const link = await open(params.token);
        refuseForeignPictures(link, body);
        const { runId, nodeId, pass } = link.review;
        const by = link.name === undefined ? "a colleague with a link" : `${link.name}, by a link`;
        // Somebody may have been quicker, or the run was cancelled in this moment.
        if ((await studio.answer(runId, nodeId, pass, body, by)) !== "answered") throw linkIsOver();
        await links.used(link);
        return json(200, { taken: true }, HIDDEN);
      },
    }),
  ];
};

const imagesOf = (about: OpenLink["review"]["items"][number]["about"]): ImageValue[] =>
  about.filter((value) => value.kind === "image");

const picturesOf = ({ review }: OpenLink): ReadonlySet<AssetId> =>
  new Set(review.items.flatMap(({ about }) => imagesOf(about).map(({ asset }) => asset)));

/** Named one by one: what a value carries besides — prompts, costs, ids of the provider — never leaves by a link. */
const shownTo = ({ review, name, expiresAt }: OpenLink): SharedReview => ({
  question: review.question,
  answer: review.answer,
  name,
  expiresAt,
  dueAt: review.dueAt,
  simulated: review.simulated,
  outputs: review.outputs,
  items: review.items.map(({ index, about }) => ({
    index,
    texts: about.flatMap((value) => (value.kind === "text" ? [value.text] : [])),
    pictures: imagesOf(about).map(({ asset, width, height, mediaType, label }) => ({
      asset,
      width,
      height,
      mediaType,
      label,
    })),
  })),
});

/** An answer from outside names no picture but those it was shown: a hash somebody guessed or remembers must not bring a picture into the run. */
function refuseForeignPictures(link: OpenLink, body: unknown): void {
  const mine = picturesOf(link);
  const foreign = stringsIn(body).some((text) => /^sha256:[0-9a-f]{64}$/i.test(text) && !mine.has(text));
  if (foreign)
    throw invalid([problem("FOREIGN_PICTURE", "An answer by a link can name only the pictures of its question.")]);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
