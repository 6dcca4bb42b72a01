import type { ProblemDocument } from "../../protocol/http.ts";
import { ApiError } from "../call-api.ts";
import { optionsOf, type Wanted, type Wish } from "./export-wish.ts";

/** A finished export. `says` = what became of the content credentials, where one file came. */
export type Fetched = { name: string; blob: Blob; says?: string };

/** The address of one file, or undefined where only a zip will do. */
function addressOf({ entries = [], pictures = [], run }: Wanted, wish: Wish): string | undefined {
  if (run !== undefined || entries.length + pictures.length !== 1) return undefined;
  const [entry] = entries;
  const [picture] = pictures;
  const path =
    entry === undefined
      ? `/api/runs/${encodeURIComponent(picture?.run ?? "")}/export`
      : `/api/archive/${encodeURIComponent(entry)}/export`;
  const options = Object.entries({ asset: entry === undefined ? picture?.asset : undefined, ...optionsOf(wish) });
  const query = new URLSearchParams(
    options.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
  return `${path}?${query}`;
}

/** Asks for an export: one file by itself, several as a zip. Throws ApiError for a refusal, TypeError when the server cannot be reached. */
export async function fetchExport(wanted: Wanted, wish: Wish, ask: typeof fetch = fetch): Promise<Fetched> {
  const address = addressOf(wanted, wish);
  const answer =
    address === undefined
      ? await ask("/api/exports", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...wanted, ...optionsOf(wish) }),
        })
      : await ask(address);
  if (!answer.ok) throw new ApiError(answer.status, (await answer.json().catch(() => undefined)) as ProblemDocument);
  const said = answer.headers.get("throughline-credentials");
  return {
    name: nameIn(answer.headers.get("content-disposition") ?? "") ?? "export",
    blob: await answer.blob(),
    says: said === null ? undefined : decodeURIComponent(said.slice(said.indexOf(";") + 1).trim()),
  };
}

/** The file name of a Content-Disposition (RFC 6266), the one in UTF-8 first. */
export function nameIn(disposition: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return encoded === undefined ? /filename="([^"]*)"/.exec(disposition)?.[1] : decodeURIComponent(encoded);
}
