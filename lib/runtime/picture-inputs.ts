import { StepError } from "../protocol/failure.ts";
import type { GraphInput, InputValues } from "../protocol/graph.ts";
import { LIMITS } from "../protocol/limits.ts";
import { InvalidError, type Problem, problem } from "../protocol/problems.ts";
import type { AssetId } from "../protocol/values.ts";
import { sha256 } from "./digest.ts";

/** A picture that an input names by its address. Until it is fetched, `standIn` is its asset: a name that no stored bytes can have. */
export type PictureAddress = { url: string; key: string; standIn: AssetId };

/**
 * What is given to image inputs by address (`{ "url": "https://…" }`, or the address alone as tables hold it), each replaced by its stand-in.
 * Nothing is fetched; everything else stays as it is for `resolveInputs` to judge.
 */
export function withStandIns(
  inputs: readonly GraphInput[],
  given: InputValues,
): { given: InputValues; addresses: PictureAddress[]; problems: Problem[] } {
  const images = new Set(inputs.filter((input) => input.type === "image").map((input) => input.key));
  const found = new Map<string, PictureAddress>();
  const replaced = (item: unknown, key: string): unknown => {
    const url = addressIn(item);
    if (url === undefined) return item;
    const standIn: AssetId = `sha256:${sha256(`not fetched: ${url}`)}`;
    if (!found.has(url)) found.set(url, { url, key, standIn });
    return typeof item === "object" ? { ...item, asset: standIn } : { asset: standIn };
  };
  const entries = Object.entries(given).map(([key, value]): [string, unknown] => {
    if (!images.has(key)) return [key, value];
    return [key, Array.isArray(value) ? value.map((item) => replaced(item, key)) : replaced(value, key)];
  });
  const addresses = [...found.values()];
  const problems =
    addresses.length > LIMITS.uploadFiles
      ? [
          problem(
            "TOO_MANY_URLS",
            `The inputs name ${addresses.length} pictures by address; at most ${LIMITS.uploadFiles} are fetched for one run.`,
            { field: addresses[0]?.key },
          ),
        ]
      : [];
  return { given: Object.fromEntries(entries), addresses, problems };
}

/**
 * Fetches and stores every picture and gives resolved inputs with the stored assets in place of the stand-ins. Throws InvalidError with one
 * problem per picture that could not be had, naming its input.
 */
export async function fetchPictures(
  inputs: InputValues,
  addresses: readonly PictureAddress[],
  store: (url: string) => Promise<{ asset: AssetId }>,
): Promise<InputValues> {
  const stored = new Map<string, AssetId>();
  const problems: Problem[] = [];
  await Promise.all(
    addresses.map(async ({ url, key, standIn }) => {
      try {
        stored.set(standIn, (await store(url)).asset);
      } catch (error) {
        if (!(error instanceof StepError)) throw error;
        problems.push(problem(error.code, `The input "${key}": ${error.message}`, { field: key }));
      }
    }),
  );
  if (problems.length > 0) throw new InvalidError(problems);
  const settled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(settled);
    const asset = stored.get((value as { asset?: string } | undefined)?.asset ?? "");
    return asset === undefined ? value : { ...(value as object), asset };
  };
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, settled(value)]));
}

function addressIn(item: unknown): string | undefined {
  if (typeof item === "string") return /^\s*https?:/i.test(item) ? item.trim() : undefined;
  const { asset, url } = (item ?? {}) as { asset?: unknown; url?: unknown };
  return asset === undefined && typeof url === "string" ? url : undefined;
}
