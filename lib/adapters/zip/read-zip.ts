import type { Readable } from "node:stream";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { StepError } from "#lib/protocol/failure.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import type { ZipEntry } from "#lib/runtime/ports/zip.ts";

export type ZipLimits = { entries: number; totalBytes: number; ratio: number };
const BOUNDS: ZipLimits = { entries: LIMITS.zipEntries, totalBytes: LIMITS.zipBytes, ratio: LIMITS.zipRatio };
/** Below this a good ratio hurts nobody: a short table of one repeated word has it. */
const RATIO_FROM = 64 * 1024;

/** Reads an archive file by file, trusting nothing it says of itself (ports/zip.ts). */
export async function* readZip(archive: Uint8Array, limits: ZipLimits = BOUNDS): AsyncGenerator<ZipEntry> {
  const zip = await opened(archive);
  if (zip.entryCount > limits.entries) throw tooMany(limits);
  const seen = new Set<string>();
  const count = { entries: 0, packed: 0, inflated: 0 };
  const entries = zip.eachEntry()[Symbol.asyncIterator]();
  for (;;) {
    const next = await entries.next().catch((error: Error) => {
      throw /absolute path|relative path|invalid characters/.test(error.message) ? badName() : broken();
    });
    if (next.done) return;
    const entry = next.value;
    count.entries += 1;
    if (count.entries > limits.entries) throw tooMany(limits);
    checkName(entry, seen);
    // Files that lie over one another make little into much: together they would be larger than the archive.
    count.packed += entry.compressedSize;
    if (count.packed > archive.byteLength) throw bomb("its files lie over one another");
    if (entry.fileName.endsWith("/")) continue;
    yield {
      name: entry.fileName,
      bytes: (limit = limits.totalBytes) => inflate(zip, entry, { ...limits, limit }, count),
    };
  }
}

async function opened(archive: Uint8Array): Promise<ZipFile> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  return fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }).catch(() => {
    throw broken();
  });
}

function checkName(entry: Entry, seen: Set<string>): void {
  const name = entry.fileName;
  const folded = name.normalize("NFC").toLowerCase();
  const link = ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
  if (name === "" || /\p{Cc}/u.test(name) || name.split("/").includes(".") || link || seen.has(folded)) throw badName();
  seen.add(folded);
  if (/\.zip$/i.test(name)) throw nested();
}

async function inflate(
  zip: ZipFile,
  entry: Entry,
  { limit, totalBytes, ratio }: ZipLimits & { limit: number },
  count: { inflated: number },
): Promise<Buffer> {
  if (entry.isEncrypted()) throw new StepError("ZIP_BROKEN", "A file in this archive is encrypted.");
  const chunks: Buffer[] = [];
  let size = 0;
  const stream = await (zip.openReadStreamPromise(entry) as Promise<Readable>).catch(() => {
    throw broken();
  });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      count.inflated += chunk.length;
      if (count.inflated > totalBytes) throw bomb(`it grows beyond ${totalBytes} bytes`);
      if (size > RATIO_FROM && size > ratio * entry.compressedSize) throw bomb(`a file grows ${ratio} times over`);
      if (size > limit) throw new StepError("TOO_LARGE", `A file in this archive is larger than ${limit} bytes.`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof StepError ? error : broken();
  } finally {
    stream.destroy();
  }
  const bytes = Buffer.concat(chunks, size);
  const mark = bytes.subarray(0, 4).toString("latin1");
  if (mark === "PK\u0003\u0004" || mark === "PK\u0005\u0006") throw nested();
  return bytes;
}

const bomb = (why: string) => new StepError("ZIP_BOMB", `This archive is not opened: ${why}.`);
const nested = () => new StepError("ZIP_NESTED", "This archive holds another archive, which is not opened.");
const badName = () =>
  new StepError(
    "ZIP_NAME",
    "A file in this archive has a name that is not taken: it climbs out of its folder, hides characters or stands twice.",
  );
const tooMany = ({ entries }: ZipLimits) =>
  new StepError("ZIP_TOO_MANY", `This archive holds more than ${entries} files.`);
const broken = () =>
  new StepError(
    "ZIP_BROKEN",
    "This is not an archive that can be read: it is damaged, cut off, or says what is not so.",
  );
