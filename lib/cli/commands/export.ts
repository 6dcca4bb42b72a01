import { resolve } from "node:path";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { unknownRun } from "../unknown-run.ts";
import { count } from "../words.ts";

/** `export RUN --out DIR`: pictures of leaf nodes, archive entries and run.json of a run that has been. */
export async function exportCommand(
  context: CommandContext,
  runId: string,
  options: { out: string; json: boolean },
): Promise<number> {
  const studio = await context.studio();
  if (!(await studio.run(runId))) throw unknownRun(runId);
  const files = await studio.exportRun(runId, resolve(context.host.cwd, options.out));
  if (options.json) context.console.json({ runId, files });
  else {
    for (const file of files) context.console.print(file);
    context.console.say(["dim", `${count(files.length, "file")} written`]);
  }
  return EXIT.ok;
}
