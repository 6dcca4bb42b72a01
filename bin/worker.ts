import { readEnv } from "../lib/server/env.ts";
import { withStoredSettings } from "../lib/server/stored-settings.ts";
import { openStudio } from "../lib/server/wire.ts";

// npm run worker: takes queued runs from the shared data folder and serves nothing. Ctrl-C lets go of them; another worker carries them on.
try {
  const studio = await openStudio(withStoredSettings(readEnv()));
  studio.startWorker();
  process.stderr.write("This worker takes queued runs. Ctrl-C ends it.\n");
  const stop = () => void studio.stop().finally(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
