import { parseStepKey } from "../../engine/step-key.ts";
import { problem } from "../../protocol/problems.ts";
import { LinkList, LinkMade, NewLink, Review, ReviewList, ReviewsQuery, StarsBody } from "../../protocol/reviews.ts";
import { giveStars, picturesOfReview } from "../../runtime/reviews.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError, invalid } from "../http-problem.ts";
import type { ReviewLinks } from "../review-links.ts";

type Deps = {
  studio: Studio;
  links: ReviewLinks;
  /** Where people outside reach this server, when it was told; else the name it was just called by. */
  publicUrl?: URL;
};

const unknown = { says: "No such step waits or waited for a person." };

/** What waits for people, and links that let a colleague decide one of it. */
export const reviewRoutes = ({ studio, links, publicUrl }: Deps): Route[] => {
  const find = async ({ runId = "", stepKey = "" }: Record<string, string>): Promise<Review> => {
    const { nodeId, pass } = parseStepKey(stepKey);
    const review = await studio.review(runId, nodeId, pass);
    if (!review) throw new HttpError(404, "UNKNOWN_STEP", "No such step waits or waited for a person.");
    return review;
  };
  return [
    route({
      method: "GET",
      path: "/api/reviews",
      summary:
        "Everything that waits for a person: the question, its pictures, what was said in earlier passes. Newest first.",
      query: ReviewsQuery,
      answers: { 200: { says: "One page, and how many there are in all.", schema: ReviewList } },
      handle: async ({ query }) => json(200, await studio.reviews(query)),
    }),
    route({
      method: "GET",
      path: "/api/reviews/:runId/:stepKey",
      summary: "One step that waits for a person, or did: then with who decided what and when.",
      answers: { 200: { says: "The step.", schema: Review }, 404: unknown },
      handle: async ({ params }) => json(200, await find(params)),
    }),
    route({
      method: "PUT",
      path: "/api/reviews/:runId/:stepKey/stars",
      summary: "Gives a picture of the step one to five stars, or takes them away with 0. It decides nothing.",
      body: StarsBody,
      answers: { 204: { says: "Kept." }, 404: unknown, 422: { says: "Not a picture of this step." } },
      async handle({ params, body: { asset, stars } }) {
        if (!picturesOfReview(await find(params)).has(asset))
          throw invalid([problem("FOREIGN_PICTURE", "This step shows no such picture.", { field: "asset" })]);
        await giveStars(studio.notes, asset, stars);
        return { status: 204 };
      },
    }),
    route({
      method: "POST",
      path: "/api/reviews/:runId/:stepKey/links",
      summary: "Makes a link by which somebody without an account decides this step, once.",
      body: NewLink,
      bodyOptional: true,
      answers: {
        201: { says: "The address. It is told this once.", schema: LinkMade },
        404: unknown,
        409: { says: "The step waits no longer." },
      },
      async handle({ params, body, header }) {
        const review = await find(params);
        if (review.state !== "waiting")
          throw new HttpError(
            409,
            "NOT_WAITING",
            "This step does not wait for an answer, so there is nothing to share.",
          );
        const { id, token, expiresAt } = await links.make(review, body);
        const origin = publicUrl?.origin ?? `http://${header("host")}`;
        return json(201, { id, url: `${origin}/r/${token}`, expiresAt });
      },
    }),
    route({
      method: "GET",
      path: "/api/reviews/:runId/:stepKey/links",
      summary: "The links of this step that can still be used, without their addresses.",
      answers: { 200: { says: "All of them.", schema: LinkList }, 404: unknown },
      handle: async ({ params }) => json(200, { links: await links.list(await find(params)) }),
    }),
    route({
      method: "DELETE",
      path: "/api/reviews/:runId/:stepKey/links/:id",
      summary: "Withdraws a link at once.",
      answers: { 204: { says: "Withdrawn." }, 404: { says: "There is no such link, or it is over." } },
      async handle({ params }) {
        if (!(await links.withdraw(await find(params), params.id ?? "")))
          throw new HttpError(404, "UNKNOWN_LINK", "There is no such link, or it is over.");
        return { status: 204 };
      },
    }),
  ];
};
