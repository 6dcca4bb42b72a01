import type { CommandContext } from "../command-context.ts";
import { driveAndReport, type Showing } from "../drive-and-report.ts";
import { parseBudget } from "../parse-options.ts";
import { WrongUse } from "../wrong-use.ts";

export type RemakeOptions = Showing & { budget?: string; similar?: boolean; anyway?: boolean };

/** `remake ENTRY`: a run of the revision, inputs, takes and decisions that made it, executed here; tells whether the very same bytes came. */
export async function remakeCommand(context: CommandContext, id: string, options: RemakeOptions): Promise<number> {
  const studio = await context.studio();
  const entry = await studio.catalogue.entry(id);
  const wish = {
    ...(options.budget === undefined ? {} : { budgetMicro: parseBudget(options.budget) }),
    anyway: options.anyway === true,
  };
  const started = options.similar ? await studio.catalogue.similar(id, wish) : await studio.catalogue.remake(id, wish);
  if (!entry || !started) throw unknownEntry(id);
  const signal = context.host.interruptible();
  const code = await driveAndReport(context, started.runId, options, { signal });
  if (!options.json && !options.events && !options.similar) {
    const { entries } = await studio.catalogue.search({ runId: started.runId }, { limit: 200 });
    const same = entries.some(({ asset }) => asset === entry.asset);
    if (entries.length > 0)
      context.console.say(
        same ? ["green", "The very same picture, to the byte."] : ["yellow", "Another picture than before."],
      );
  }
  return code;
}

export const unknownEntry = (id: string): WrongUse =>
  new WrongUse("UNKNOWN_ENTRY", `There is no archive entry ${id}. \`throughline archive\` lists them.`);
