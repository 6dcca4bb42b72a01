import { LIMITS } from "../protocol/limits.ts";
import { HttpError } from "./http-problem.ts";

/** A file of a form. `name` is what the sender called it: text to show, never a path. */
export type FormFile = { name?: string; bytes: Buffer };

const MAX_FIELDS = 100;
const MAX_HEADER_BYTES = 8 * 1024;
const NAME_CHARS = 120;

/**
 * The files of a multipart/form-data body (RFC 7578) that is whole in memory and within the upload limit. Files come from here and from
 * nowhere else. Throws HttpError: 400 MALFORMED_FORM, 413 TOO_MANY_FILES / TOO_MANY_FIELDS / PART_HEADER_TOO_LARGE.
 */
export function readForm(body: Buffer, contentType: string): FormFile[] {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  if (!boundary) throw malformed("the boundary is missing");
  const mark = Buffer.from(`--${boundary[1] ?? boundary[2]}`, "latin1");
  const files: FormFile[] = [];
  let fields = 0;
  let at = startOf(body, mark);
  while (true) {
    if (body.subarray(at, at + 2).equals(Buffer.from("--"))) return files;
    if (!body.subarray(at, at + 2).equals(Buffer.from("\r\n"))) throw malformed("a part does not begin as it should");
    const headEnd = body.subarray(at, at + MAX_HEADER_BYTES).indexOf("\r\n\r\n");
    if (headEnd < 0 && body.length - at > MAX_HEADER_BYTES)
      throw new HttpError(413, "PART_HEADER_TOO_LARGE", `A part's header is larger than ${MAX_HEADER_BYTES} bytes.`);
    if (headEnd < 0) throw malformed("it ends within a header");
    const head = body.toString("utf8", at + 2, at + headEnd);
    const from = at + headEnd + 4;
    const to = body.indexOf(Buffer.concat([Buffer.from("\r\n"), mark]), from);
    if (to < 0) throw malformed("it ends within a part");
    const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(head)?.[1];
    if (disposition === undefined) throw malformed("a part has no name");
    const name = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
    if (name === undefined && !/;\s*filename\*?=/i.test(disposition)) fields += 1;
    else files.push({ name: displayName(name ?? ""), bytes: body.subarray(from, to) });
    if (files.length > LIMITS.uploadFiles)
      throw new HttpError(413, "TOO_MANY_FILES", `A form may bring ${LIMITS.uploadFiles} files.`);
    if (fields > MAX_FIELDS) throw new HttpError(413, "TOO_MANY_FIELDS", `A form may bring ${MAX_FIELDS} fields.`);
    at = to + 2 + mark.length;
  }
}

function startOf(body: Buffer, mark: Buffer): number {
  if (body.subarray(0, mark.length).equals(mark)) return mark.length;
  const at = body.indexOf(Buffer.concat([Buffer.from("\r\n"), mark]));
  if (at < 0) throw malformed("the boundary does not occur");
  return at + 2 + mark.length;
}

const malformed = (why: string): HttpError => new HttpError(400, "MALFORMED_FORM", `This form cannot be read: ${why}.`);

/** Someone else's file name as text to show: the last segment, without control characters, cut to 120 characters. */
export function displayName(name: string): string | undefined {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const shown = last.replace(/[\p{Cc}\p{Cf}]/gu, "").trim();
  return [...shown].slice(0, NAME_CHARS).join("") || undefined;
}
