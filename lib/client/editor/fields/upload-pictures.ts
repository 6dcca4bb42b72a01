import type { LutStored, ProblemDocument } from "../../../protocol/http.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { ApiError, callApi } from "../../call-api.ts";

/** A stored picture as a setting names it. */
export type StoredPicture = { asset: string; width: number; height: number; mediaType?: string; name?: string };

/** Stores pictures one after the other. Throws ApiError where the server refuses one, RangeError with a sentence for one that is too large. */
export async function uploadPictures(files: Iterable<File>): Promise<StoredPicture[]> {
  const stored: StoredPicture[] = [];
  for (const file of files) {
    if (file.size > LIMITS.uploadBytes)
      throw new RangeError(`${file.name} is larger than ${LIMITS.uploadBytes / 1024 / 1024} MB.`);
    stored.push(
      await store(file, {
        "content-type": file.type || "application/octet-stream",
        "x-file-name": file.name.replace(/[^\x20-\x7e]/g, "_"),
      }),
    );
  }
  return stored;
}

/** Has the server fetch a picture from the web and store it. Throws ApiError where it is refused. */
export const uploadFrom = (url: string): Promise<StoredPicture> =>
  callApi<StoredPicture>("/api/assets/from-url", { body: { url } });

const store = (body: BodyInit, headers: Record<string, string>): Promise<StoredPicture> =>
  stored<StoredPicture>("/api/assets", body, headers);

async function stored<T>(path: string, body: BodyInit, headers: Record<string, string>): Promise<T> {
  const answer = await fetch(path, { method: "POST", headers, body });
  if (answer.ok) return (await answer.json()) as T;
  const isProblem = answer.headers.get("content-type")?.includes("problem+json");
  throw new ApiError(answer.status, isProblem ? ((await answer.json()) as ProblemDocument) : undefined);
}

/** Stores a look-up table (.cube). Throws ApiError where the server finds a fault in it, RangeError with a sentence for one that is too large. */
export async function uploadLut(file: File): Promise<LutStored> {
  if (file.size > LIMITS.lutBytes)
    throw new RangeError(`${file.name} is larger than ${LIMITS.lutBytes / 1024 / 1024} MB.`);
  return await stored<LutStored>("/api/assets/luts", file, {
    "content-type": "application/octet-stream",
    "x-file-name": file.name.replace(/[^\x20-\x7e]/g, "_"),
  });
}

/** The pictures among what was dropped or pasted. */
export const picturesIn = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));

/** The web address that was dropped or pasted in place of a picture; undefined when there is none. */
export function addressIn(data: DataTransfer | null): string | undefined {
  const text = (data?.getData("text/uri-list") || data?.getData("text/plain") || "").trim();
  return /^https?:\/\/\S+$/.test(text) ? text : undefined;
}
