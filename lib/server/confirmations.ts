import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Tokens that prove that somebody was told what a plan costs. They hold for that plan alone, and as long as this process. */
export type Confirmations = {
  issue(planHash: string): string;
  holds(token: string | undefined, planHash: string): boolean;
};

export function createConfirmations(): Confirmations {
  const key = randomBytes(32);
  const issue = (planHash: string) => createHmac("sha256", key).update(planHash).digest("base64url");
  return {
    issue,
    holds(token, planHash) {
      const expected = Buffer.from(issue(planHash));
      const given = Buffer.from(token ?? "");
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
