/** One file to be written. A stream is read when its turn comes, so that nothing but the file under way is in memory. */
export type ZipPart = { name: string } & (
  | { bytes: Uint8Array }
  | { stream: AsyncIterable<Uint8Array> | (() => AsyncIterable<Uint8Array>) }
);

/** One file of an archive that was read. `bytes` gives it whole and is to be called before the next file is asked for. Throws StepError. */
export type ZipEntry = { name: string; bytes(limit?: number): Promise<Buffer> };

/** Archives in and out. */
export type Zip = {
  /**
   * The bytes of an archive as they come to be. Names are made safe and never collide; the order is the order given. Nothing is read ahead: a slow
   * reader costs no memory, and one that leaves ends the source.
   */
  write(parts: Iterable<ZipPart> | AsyncIterable<ZipPart>): AsyncIterable<Uint8Array>;
  /**
   * The files of an archive, folders left out. Counted while it inflates. Throws StepError: ZIP_BOMB (ratio, total), ZIP_TOO_MANY (entries),
   * ZIP_NAME (a name that climbs out, is absolute or stands twice), ZIP_NESTED, ZIP_BROKEN (not a zip, lying sizes, encrypted).
   */
  read(archive: Uint8Array): AsyncIterable<ZipEntry>;
};
