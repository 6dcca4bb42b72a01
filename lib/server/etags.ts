/** The opaque parts of an If-Match or If-None-Match list; weak ones never match. */
export const etags = (header: string | undefined): string[] =>
  (header ?? "")
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "" && !tag.startsWith("W/"))
    .map((tag) => tag.replace(/^"(.*)"$/, "$1"));

/** What If-Match asks for: an etag, `*` for whatever is there, undefined when it is not sent. A list counts by its first. */
export const ifMatchOf = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : header.trim() === "*" ? "*" : (etags(header)[0] ?? "");
