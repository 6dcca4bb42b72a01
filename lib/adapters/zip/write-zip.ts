import { type PassThrough, Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { ZipPart } from "#lib/runtime/ports/zip.ts";

type Parts = Iterable<ZipPart> | AsyncIterable<ZipPart>;

/** Formats that are compressed already: trying again only costs time. */
const PACKED = /\.(png|jpe?g|webp|avif|gif|zip|psd)$/i;
/** One date for all, so that the same files make the same archive. */
const DATE = new Date(2000, 0, 1);

/** The bytes of an archive as they come to be; a part is asked for when the one before it has been taken. */
export async function* writeZip(parts: Parts, nameOf: (raw: string) => string): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const out = zip.outputStream as PassThrough;
  // Whoever reads hears of it through the loop below; after they left there is nobody to tell.
  out.on("error", () => {});
  zip.on("error", (error: Error) => out.destroy(error));
  void fill(zip, out, parts, nameOf);
  try {
    for await (const chunk of out) yield chunk as Uint8Array;
  } finally {
    out.destroy();
  }
}

async function fill(zip: ZipFile, out: PassThrough, parts: Parts, nameOf: (raw: string) => string): Promise<void> {
  try {
    for await (const part of parts) {
      if (out.destroyed) return;
      await add(zip, out, part, nameOf(part.name));
      if (out.destroyed) return;
    }
    zip.end();
  } catch (error) {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function add(zip: ZipFile, out: PassThrough, part: ZipPart, name: string): Promise<void> {
  const source = Readable.from(contentOf(part), { objectMode: false });
  return new Promise((resolve, reject) => {
    const leave = () => source.destroy();
    out.once("close", leave);
    source.once("error", reject).once("close", () => {
      out.off("close", leave);
      resolve();
    });
    zip.addReadStream(source, name, { compress: !PACKED.test(name), mtime: DATE, forceDosTimestamp: true });
  });
}

const contentOf = (part: ZipPart): Iterable<Uint8Array> | AsyncIterable<Uint8Array> => {
  if ("bytes" in part) return [part.bytes];
  return typeof part.stream === "function" ? part.stream() : part.stream;
};
