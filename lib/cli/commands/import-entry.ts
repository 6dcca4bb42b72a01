import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { count } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";
import type { ImportOptions } from "./import.ts";

/** The bundle of an archive entry is taken in. Nothing runs by it. */
export async function importEntry(context: CommandContext, bytes: Buffer, options: ImportOptions): Promise<number> {
  if (options.id !== undefined || options.replace)
    throw new WrongUse("BAD_OPTION", "--id and --replace are for plain graphs; an archive entry keeps its id.");
  const taken = await (await context.studio()).catalogue.takeBundle(bytes);
  if (options.json) {
    context.console.json(taken);
    return EXIT.ok;
  }
  const { entryId, assets, results, known } = taken;
  context.console.print(
    known
      ? `${entryId} was in the archive already.`
      : `${entryId} is in the archive now, with ${count(assets, "asset")}.`,
  );
  context.console.say([
    "dim",
    `${count(results, "cached result")} came along. Make it again: throughline remake ${entryId}`,
  ]);
  return EXIT.ok;
}
