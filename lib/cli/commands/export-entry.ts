import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { writeZipFile } from "../write-zip-file.ts";
import { WrongUse } from "../wrong-use.ts";
import type { ExportOptions } from "./export.ts";
import { unknownEntry } from "./remake.ts";

/** `export --entry ID --bundle FILE.zip [--with-cache]`: all that remaking an archive entry takes, in one file. */
export async function exportEntry(
  context: CommandContext,
  named: string | undefined,
  { entry, bundle, withCache = false, out, as, table, json }: ExportOptions,
): Promise<number> {
  if (entry === undefined || bundle === undefined || named !== undefined || (out ?? as ?? table) !== undefined)
    throw new WrongUse("BAD_OPTION", "Write export --entry ID --bundle FILE.zip, and nothing beside but --with-cache.");
  const studio = await context.studio();
  const made = await studio.catalogue.bundle(entry, { cache: withCache });
  if (!made) throw unknownEntry(entry);
  const file = await writeZipFile(bundle, context.host.cwd, made.bytes);
  if (json) context.console.json({ entry, files: [file] });
  else context.console.print(file);
  return EXIT.ok;
}
