import type { Studio } from "../../runtime/studio-api.ts";
import type { FileLinks } from "../file-links.ts";
import { type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";
import { serveAsset } from "../serve-asset.ts";

/** Single files for programs that were sent a link to them. */
export const fileRoutes = ({ studio, files }: { studio: Studio; files: FileLinks }): Route[] => {
  const open = (token = ""): string => {
    const hex = files.open(token);
    if (hex === undefined)
      throw new HttpError(401, "UNAUTHENTICATED", "This link is not good: it was changed, or it has run out.", {
        headers: { "www-authenticate": 'Bearer realm="throughline"' },
      });
    return hex;
  };
  return [
    route({
      method: "GET",
      path: "/api/files/:token",
      open: true,
      guard: async ({ token }) => void open(token),
      summary: "The file a link leads to. The link itself is the permission, for a week.",
      answers: { 200: { says: "The bytes.", type: "image/*" }, 401: { says: "The link is not good." } },
      handle: ({ params, header }) => serveAsset(studio, open(params.token), {}, header, "private, no-store"),
    }),
  ];
};
