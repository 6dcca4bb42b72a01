import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";

/** `keys`: whether a provider key is set and where it would be sent; never the key itself. */
export async function keysCommand(context: CommandContext, options: { json: boolean }): Promise<number> {
  const { keySet, baseUrl, dataFolder } = await context.host.keyStatus();
  if (options.json) {
    context.console.json({ provider: "openai", keySet, simulated: !keySet, baseUrl, dataFolder });
    return EXIT.ok;
  }
  context.console.print(["bold", "OPENAI_API_KEY  "], keySet ? ["green", "set"] : ["yellow", "not set"]);
  context.console.print(["bold", "OPENAI_BASE_URL "], baseUrl);
  context.console.print(["bold", "Data folder     "], dataFolder);
  context.console.print(
    ...(keySet
      ? ["Pictures are drawn by the model and charged to this key."]
      : ["The simulator draws, labels every picture, and charges nothing."]),
  );
  if (!keySet)
    context.console.print([
      "dim",
      "To set it: put OPENAI_API_KEY=… into the environment, or enter it in the studio under Settings, where it is stored encrypted.",
    ]);
  return EXIT.ok;
}
