import type { Studio } from "#lib/runtime/studio-api.ts";
import { type Console, createConsole } from "./console.ts";
import type { CliHost } from "./host.ts";

/** What one command works with. `studio` opens the studio at the first call and gives the same one afterwards. */
export type CommandContext = { host: CliHost; console: Console; studio(): Promise<Studio>; close(): Promise<void> };

export function createContext(host: CliHost): CommandContext {
  let opened: Promise<Studio> | undefined;
  return {
    host,
    console: createConsole(host),
    studio() {
      opened ??= host.openStudio();
      return opened;
    },
    async close() {
      const studio = await opened?.catch(() => undefined);
      await studio?.stop();
    },
  };
}
