import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { WrongUse } from "../wrong-use.ts";

/** `simulator`: serves the stand-in provider on 127.0.0.1 until Ctrl-C. */
export async function simulatorCommand(
  context: CommandContext,
  options: { port: string; json: boolean },
): Promise<number> {
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : Number.NaN;
  if (!(port <= 65_535)) throw new WrongUse("BAD_OPTION", `--port ${options.port}: write a port from 0 to 65535.`);
  const signal = context.host.interruptible();
  const served = await context.host.serveSimulator({ port });
  if (options.json) context.console.json({ baseUrl: served.url });
  else {
    context.console.print("The simulator speaks the provider's protocol at ", ["bold", served.url]);
    context.console.print(["dim", `Point a client at it: OPENAI_BASE_URL=${served.url} OPENAI_API_KEY=any`]);
  }
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  await served.close();
  return EXIT.ok;
}
