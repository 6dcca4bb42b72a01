import { resolve } from "node:path";
import { CREDENTIAL_WISHES, type ExportFormat, type ExportManifest, ExportOptions } from "#lib/protocol/exports.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseChoice, parseCount } from "../parse-options.ts";
import { count } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";

const PICTURES = ["original", "png", "jpeg", "webp", "psd"] as const;

export type PictureOptions = {
  out?: string;
  as?: string;
  entry?: string;
  bundle?: string;
  size?: string;
  quality?: string;
  credentials?: string;
  metadata?: boolean;
  withGraph?: boolean;
  json: boolean;
};

/** True when pictures are wanted, and not a file others can import. */
export const wantsPictures = ({ as, bundle }: PictureOptions): boolean =>
  bundle === undefined && PICTURES.some((format) => format === as);

/** `export RUN|ENTRY --as png --out DIR`: an archive entry, or all final pictures of a run, as files with a manifest of checksums. */
export async function exportPictures(
  context: CommandContext,
  named: string | undefined,
  options: PictureOptions,
): Promise<number> {
  const { out, entry } = options;
  if (out === undefined || (named === undefined) === (entry === undefined))
    throw new WrongUse("BAD_OPTION", "Write export RUN --as png --out DIR, or export ENTRY --as png --out DIR.");
  const name = named ?? entry ?? "";
  const what = name.startsWith("run_") ? { entries: [], pictures: [], run: name } : { entries: [name], pictures: [] };
  const studio = await context.studio();
  const { files, manifest } = await studio.exports.toFolder(what, read(options), resolve(context.host.cwd, out));
  for (const { what: lost, code, message } of manifest.missing)
    context.console.say(["yellow", `${lost} was not written: ${message}`], ["dim", ` (${code})`]);
  if (options.json) context.console.json({ files, manifest });
  else {
    for (const file of files) context.console.print(file);
    for (const says of stories(manifest)) context.console.say(says);
    context.console.say(["dim", `${count(files.length, "file")} written`]);
  }
  return manifest.missing.length > 0 ? EXIT.failed : EXIT.ok;
}

function read({ as, size, quality, credentials, metadata = true, withGraph = false }: PictureOptions): ExportOptions {
  const pixels = size === undefined ? undefined : parseCount("--size", size, 16);
  if (pixels !== undefined && pixels > LIMITS.sidePixels)
    throw new WrongUse("BAD_OPTION", `--size ${size}: at most ${LIMITS.sidePixels}.`);
  const percent = quality === undefined ? 90 : parseCount("--quality", quality);
  if (percent > 100) throw new WrongUse("BAD_OPTION", `--quality ${quality}: at most 100.`);
  return ExportOptions.parse({
    as: as as ExportFormat,
    size: pixels,
    quality: percent,
    credentials: parseChoice("--credentials", CREDENTIAL_WISHES, credentials ?? "keep"),
    metadata,
    graph: withGraph,
  });
}

/** What became of the content credentials, each sentence once. */
const stories = ({ files }: ExportManifest): string[] => [
  ...new Set(files.flatMap(({ credentials }) => credentials?.says ?? [])),
];
