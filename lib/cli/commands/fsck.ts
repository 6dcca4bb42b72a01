import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { count } from "../words.ts";

/** `fsck`: reads every asset and row and says what does not fit together; exit 1 when something does not. */
export async function fsckCommand(context: CommandContext, options: { json: boolean }): Promise<number> {
  const report = await (await context.studio()).fsck();
  for (const { code, message } of report.problems) context.console.say(["red", code], "  ", message);
  if (options.json) context.console.json(report);
  else {
    const size = `${(report.bytes / 1e6).toFixed(1)} MB`;
    context.console.print(
      report.ok ? ["green", "sound"] : ["red", "damaged"],
      `  ${count(report.assets, "asset")} (${size}), ${count(report.results, "result")}`,
    );
  }
  return report.ok ? EXIT.ok : EXIT.failed;
}
