import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { parseStepKey, stepKey } from "../engine/step-key.ts";
import type { Review, ReviewLink } from "../protocol/reviews.ts";
import type { Studio } from "../runtime/studio-api.ts";
import { HttpError } from "./http-problem.ts";
import { createRateLimit } from "./rate-limit.ts";

const HOUR = 3_600_000;
/** Longest token that is looked at; a node's name has 64 characters at most. */
const MOST_CHARS = 1024;
/** How long the files of the page are handed to a browser that opened a link (ms). */
const GUEST = 24 * HOUR;

/** What a token says: which step of which run, until when (epoch ms), and which link it is. */
const Claim = z.tuple([z.string(), z.string(), z.number(), z.string()]);
/** What is kept of a link. `since`: the very asking it was made for; a step that asks again later needs a new link. */
const Kept = z.object({
  stepKey: z.string(),
  since: z.number(),
  name: z.string().optional(),
  createdAt: z.number(),
  expiresAt: z.number(),
  over: z.enum(["used", "withdrawn"]).optional(),
});
type Kept = z.infer<typeof Kept>;
type Step = Pick<Review, "runId" | "nodeId" | "pass">;

/** A link that is good right now, and the step it opens. */
export type OpenLink = { id: string; name?: string; expiresAt: number; review: Review };

/** Links for people without an account: each opens one waiting step for one decision. */
export type ReviewLinks = {
  make(
    review: Review,
    wish: { expiresInH: number; name?: string },
  ): Promise<{ id: string; token: string; expiresAt: number }>;
  /** Links of a step that can still be used, the oldest first. */
  list(review: Review): Promise<ReviewLink[]>;
  /** False when the step has no such link. */
  withdraw(step: Step, id: string): Promise<boolean>;
  /** What a token opens. Undefined for all that are no good, whatever the reason. Throws HttpError 429 when it is asked too often. */
  open(token: string): Promise<OpenLink | undefined>;
  /** Nobody decides by this link again, even if the step should ask once more. */
  used(link: OpenLink): Promise<void>;
  /** A value that says: this browser opened a good link and may load the files its page is made of. */
  guestPass(): { value: string; maxAgeS: number };
  isGuestPass(value: string): boolean;
};

/** The refusal of every token that is no good, whatever is wrong with it: to its bearer these addresses are closed, like all others. */
export const linkIsOver = (): HttpError =>
  new HttpError(
    401,
    "UNAUTHENTICATED",
    "This link is not good: it was used or withdrawn, it has run out, or it never was.",
    { headers: { "www-authenticate": 'Bearer realm="throughline"' } },
  );

/**
 * Links signed with HMAC-SHA256 under a key of their own, derived from the server's master key, which lies outside the data folder. The token itself is
 * kept nowhere; beside the runs only a note says which links there are, so that they can be withdrawn. `masterKey(false)` makes no key where none is.
 */
export function createReviewLinks(options: {
  studio: Pick<Studio, "review" | "notes">;
  masterKey(make: boolean): Buffer | undefined;
  now: () => number;
}): ReviewLinks {
  const { studio, now } = options;
  // Guessing is hopeless; the first keeps strangers from keeping the server busy, the second one link from doing so.
  const strangers = createRateLimit({ burst: 60, perSecond: 1, now });
  const holders = createRateLimit({ burst: 480, perSecond: 8, now });
  let key: Buffer | undefined;
  const keyOf = (make: boolean): Buffer | undefined => {
    const master = key ? undefined : options.masterKey(make);
    if (master) key = Buffer.from(hkdfSync("sha256", master, "", "throughline/review-link/v1", 32));
    return key;
  };
  const mac = (text: string, make = false): Buffer | undefined => {
    const secret = keyOf(make);
    return secret && createHmac("sha256", secret).update(text).digest();
  };
  const sign = (text: string): string => `${text}.${(mac(text, true) as Buffer).toString("base64url")}`;
  /** The text of a signed value, or undefined when we did not sign it. Only the canonical spelling counts. */
  const signed = (value: string): string | undefined => {
    const at = value.lastIndexOf(".");
    const text = value.slice(0, Math.max(0, at));
    const given = Buffer.from(value.slice(at + 1), "base64url");
    const mine = mac(text);
    const same = mine !== undefined && given.length === mine.length && timingSafeEqual(given, mine);
    return same && given.toString("base64url") === value.slice(at + 1) ? text : undefined;
  };

  const kind = (runId: string): string => `review-link ${runId}`;
  const kept = async (runId: string, id: string): Promise<Kept | undefined> =>
    Kept.safeParse(await studio.notes.getNote(kind(runId), id)).data;
  const keep = (runId: string, id: string, link: Kept) => studio.notes.putNote(kind(runId), id, link);
  const end = async (step: Step, id: string, over: NonNullable<Kept["over"]>): Promise<boolean> => {
    const link = await kept(step.runId, id);
    if (!link || link.over || link.stepKey !== stepKey(step.nodeId, step.pass)) return false;
    await keep(step.runId, id, { ...link, over });
    return true;
  };

  return {
    async make({ runId, stepKey, since }, { expiresInH, name }) {
      const createdAt = now();
      const expiresAt = createdAt + Math.round(expiresInH * HOUR);
      const id = randomBytes(12).toString("base64url");
      await keep(runId, id, { stepKey, since, ...(name ? { name } : {}), createdAt, expiresAt });
      const claim: z.infer<typeof Claim> = [runId, stepKey, expiresAt, id];
      return { id, token: sign(Buffer.from(JSON.stringify(claim)).toString("base64url")), expiresAt };
    },

    async list({ runId, stepKey, since, state }) {
      const notes = state === "waiting" ? await studio.notes.listNotes(kind(runId)) : [];
      return notes
        .flatMap(({ id, value }) => {
          const link = Kept.safeParse(value).data;
          const good = link && !link.over && link.stepKey === stepKey && link.since === since && link.expiresAt > now();
          return good ? [{ id, name: link.name, createdAt: link.createdAt, expiresAt: link.expiresAt }] : [];
        })
        .sort((a, b) => a.createdAt - b.createdAt);
    },

    withdraw: (step, id) => end(step, id, "withdrawn"),

    async open(token) {
      const text = token.length > MOST_CHARS ? undefined : signed(token);
      if (text === undefined) {
        strangers.count("everybody");
        return undefined;
      }
      const claim = Claim.safeParse(readJson(text)).data;
      if (!claim) return undefined;
      const [runId, step, expiresAt, id] = claim;
      holders.count(id);
      if (expiresAt <= now()) return undefined;
      const link = await kept(runId, id);
      if (!link || link.over || link.stepKey !== step) return undefined;
      const { nodeId, pass } = parseStepKey(step);
      const review = await studio.review(runId, nodeId, pass);
      if (review?.state !== "waiting" || review.since !== link.since) return undefined;
      return { id, name: link.name, expiresAt, review };
    },

    async used({ id, review }) {
      await end(review, id, "used");
    },

    guestPass: () => ({ value: sign(`guest-${now() + GUEST}`), maxAgeS: GUEST / 1000 }),
    isGuestPass(value) {
      const until = value.length > MOST_CHARS ? undefined : /^guest-(\d+)$/.exec(signed(value) ?? "")?.[1];
      return until !== undefined && Number(until) > now();
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
