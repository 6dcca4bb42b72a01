import type { Studio } from "../runtime/studio-api.ts";
import { contentDisposition } from "./content-disposition.ts";
import type { Answer, Incoming } from "./http.ts";
import { HttpError } from "./http-problem.ts";

/** Pictures a browser may show in place; everything else is a download. */
const SHOWN: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/avif": "avif",
};

/** The hex digits of an asset's name as an address writes it, or undefined. */
export const hexOf = (name: string | undefined): string | undefined =>
  /^(?:sha256:)?([0-9a-f]{64})$/i.exec(name ?? "")?.[1]?.toLowerCase();

/** The refusal of an asset that is not there. */
export const unknownAsset = (): HttpError => new HttpError(404, "UNKNOWN_ASSET", "There is no such asset.");

/** The bytes of an asset, or a WebP preview of `w` pixels. Throws HttpError 404. They never change, so a browser keeps them where `keep` allows it. */
export async function serveAsset(
  studio: Pick<Studio, "asset" | "thumbnail">,
  hex: string,
  query: { w?: number; download?: string },
  header: Incoming["header"],
  keep = "private, max-age=31536000, immutable",
): Promise<Answer> {
  const etag = `"${hex}${query.w === undefined ? "" : `-${query.w}`}"`;
  const cached = { etag, "cache-control": keep };
  const known = (header("if-none-match") ?? "").split(",").some((tag) => tag.trim() === etag);
  const found =
    query.w === undefined ? await studio.asset(`sha256:${hex}`) : await studio.thumbnail(`sha256:${hex}`, query.w);
  if (!found) throw unknownAsset();
  if (known) return { status: 304, headers: cached };
  const extension = SHOWN[found.mediaType];
  const name = query.download ?? `${hex.slice(0, 12)}${extension === undefined ? "" : `.${extension}`}`;
  const inline = extension !== undefined && query.download === undefined;
  return {
    status: 200,
    headers: {
      ...cached,
      "content-type": extension === undefined ? "application/octet-stream" : found.mediaType,
      "content-disposition": contentDisposition(inline ? "inline" : "attachment", name),
      "content-security-policy": "sandbox; default-src 'none'",
    },
    body: found.bytes,
  };
}
