import { DiskFull } from "#lib/runtime/ports.ts";
import type { S3Place } from "./client.ts";

/** As much of the SDK's errors as is looked at: the rest of them holds requests with their headers. */
type Thrown = { name?: unknown; code?: unknown; $metadata?: { httpStatusCode?: number } };

/** True when the store answered that there is no such object. A missing bucket is none of that. */
export const absent = (error: unknown): boolean => {
  const { name, $metadata } = error as Thrown;
  return name === "NoSuchKey" || name === "NotFound" || ($metadata?.httpStatusCode === 404 && name !== "NoSuchBucket");
};

/** Short words as servers and sockets say them, like AccessDenied or ECONNREFUSED; anything else could be part of a request. */
const WORD = /^[A-Z][A-Za-z_]{2,39}$/;

/**
 * A store that cannot be reached or refuses us, for reading as for writing, is DiskFull: nothing is lost, and the run rests until it is mended.
 * Only a word for the reason is kept of what was thrown.
 */
export function unusable(error: unknown, place: S3Place): DiskFull {
  if (error instanceof DiskFull) return error;
  const { name, code, $metadata } = error as Thrown;
  const { accessKeyId, secretAccessKey } = place.credentials;
  const why = [code, name].find(
    (word): word is string =>
      typeof word === "string" &&
      WORD.test(word) &&
      word !== "Error" &&
      word !== accessKeyId &&
      word !== secretAccessKey,
  );
  const status = $metadata?.httpStatusCode === undefined ? [] : [`HTTP ${$metadata.httpStatusCode}`];
  const reasons = [...(why === undefined ? [] : [why]), ...status].join(", ") || "no answer";
  return new DiskFull(
    `The asset store ${nameOf(place)} cannot be used (${reasons}). Mend that, then resume the run; what was paid is kept.`,
  );
}

/** The store as its setting names it, without what only opens it. */
export const nameOf = ({ bucket, prefix, endpoint }: S3Place): string =>
  `s3://${bucket}${prefix && `/${prefix}`}${endpoint === undefined ? "" : ` at ${endpoint}`}`;
