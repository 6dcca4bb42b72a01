import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";

/**
 * `mcp`: serves the published templates as tools over standard input and output until the client goes. Nothing but the protocol is written to stdout;
 * runs are executed in this process.
 */
export async function mcpCommand(context: CommandContext): Promise<number> {
  const [{ serveStdio, StdioServerTransport }, { createMcpServer }] = await Promise.all([
    import("@modelcontextprotocol/server/stdio"),
    import("#lib/server/mcp/server.ts"),
  ]);
  const studio = await context.studio();
  const interrupted = context.host.interruptible();
  const { stdin, stdout, publicUrl } = await context.host.pipe();
  const over = new Promise<void>((resolve) => {
    stdin.once("end", resolve);
    stdin.once("close", resolve);
    interrupted.addEventListener("abort", () => resolve(), { once: true });
  });
  const served = serveStdio(
    () =>
      createMcpServer({
        studio,
        version: context.host.version,
        abandoned: "cancel",
        drive: (runId, signal) => studio.drive(runId, signal),
        pageOf: (path) => (publicUrl ? new URL(path, publicUrl).href : `the studio, at ${path}`),
      }),
    {
      transport: new StdioServerTransport(stdin, stdout),
      onerror: (error) => context.console.say(error.message),
    },
  );
  await over;
  await served.close();
  return EXIT.ok;
}
