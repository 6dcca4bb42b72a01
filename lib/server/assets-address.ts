import type { S3Place } from "../adapters/s3/client.ts";

const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/;
const SEGMENT = /^[A-Za-z0-9!_*'()-][A-Za-z0-9!_.*'()-]*$/;

/** What an address like `s3://bucket/prefix?endpoint=…&region=…` says, or the rule it breaks, as the end of a sentence that begins with its name. */
export function readAssetsAddress(url: URL): Omit<S3Place, "credentials"> | { rule: string } {
  if (url.username || url.password)
    return { rule: "must not hold a user name or password: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" };
  if (url.port || url.hash || !BUCKET.test(url.hostname))
    return { rule: "must name a bucket, like s3://bucket/prefix, without a port or a fragment" };
  const prefix = url.pathname.replace(/^\/|\/$/g, "");
  if (prefix !== "" && !prefix.split("/").every((segment) => SEGMENT.test(segment)))
    return { rule: "must have a prefix of letters, digits and !_-.*'() between slashes" };
  const names = [...url.searchParams.keys()];
  if (names.some((name) => name !== "endpoint" && name !== "region") || new Set(names).size < names.length)
    return { rule: "takes endpoint and region after the question mark, each once, and nothing else" };
  const given = url.searchParams.get("endpoint") ?? undefined;
  const endpoint = given === undefined ? undefined : originOf(given);
  if (given !== undefined && endpoint === undefined)
    return { rule: "must have an endpoint that is an origin, like https://objects.example.com:9000" };
  const region = url.searchParams.get("region") ?? (endpoint === undefined ? undefined : "us-east-1");
  if (region === undefined || !/^[A-Za-z0-9-]{1,40}$/.test(region))
    return { rule: "must say the region, like s3://bucket/prefix?region=eu-central-1" };
  return { bucket: url.hostname, prefix, ...(endpoint === undefined ? {} : { endpoint }), region };
}

/** Undefined for what is more or less than an origin over HTTP. */
function originOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return url.pathname === "/" && !url.search && !url.hash ? url.origin : undefined;
}
