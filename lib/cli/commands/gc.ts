import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { count } from "../words.ts";

/** `gc`: removes assets that nothing names any more. */
export async function gcCommand(context: CommandContext, options: { json: boolean; dryRun: boolean }): Promise<number> {
  const swept = await (await context.studio()).gc({ dryRun: options.dryRun });
  if (options.json) context.console.json({ ...swept, dryRun: options.dryRun });
  else {
    const verb = options.dryRun ? "would be removed" : "removed";
    context.console.print(
      `${count(swept.deleted, "asset")} ${verb} (${(swept.bytes / 1e6).toFixed(1)} MB), ${swept.kept} kept.`,
    );
  }
  return EXIT.ok;
}
