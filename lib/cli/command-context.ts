import type { Studio } from "#lib/runtime/studio-api.ts";
import { type Console, createConsole } from "./console.ts";
import type { CliHost, OpenStudioOptions } from "./host.ts";

/** What one command works with. `studio` opens the studio at the first call, with that call's options, and gives the same one afterwards. */
export type CommandContext = {
  host: CliHost;
  console: Console;
  studio(options?: OpenStudioOptions): Promise<Studio>;
  close(): Promise<void>;
};

export function createContext(host: CliHost): CommandContext {
  let opened: Promise<Studio> | undefined;
  return {
    host,
    console: createConsole(host),
    studio(options = {}) {
      opened ??= host.openStudio(options);
      return opened;
    },
    async close() {
      const studio = await opened?.catch(() => undefined);
      await studio?.stop();
    },
  };
}
