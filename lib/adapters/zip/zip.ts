import type { Zip } from "#lib/runtime/ports/zip.ts";
import { readZip, type ZipLimits } from "./read-zip.ts";
import { writeZip } from "./write-zip.ts";

/** Zip archives (yazl, yauzl). `names` makes what gives each file of one archive its safe name; `limits` are for tests. */
export const createZip = (options: { names(): (raw: string) => string; limits?: ZipLimits }): Zip => ({
  write: (parts) => writeZip(parts, options.names()),
  read: (archive) => readZip(archive, options.limits),
});
