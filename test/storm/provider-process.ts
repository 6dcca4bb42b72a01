// The provider as a process of its own, so that it outlives whatever is killed. Prints its address, one line of JSON, when it serves.
// LATENCY_MS, CREATE_DELAY_MS, PICTURE_SIDE, LEDGER_FILE.
import { env } from "node:process";
import { serveProvider } from "./provider/serve.ts";

const server = serveProvider({
  latencyMs: Number(env.LATENCY_MS ?? 300),
  createDelayMs: Number(env.CREATE_DELAY_MS ?? 0),
  side: Number(env.PICTURE_SIDE ?? 64),
  ledgerFile: env.LEDGER_FILE,
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object")
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`);
});
// Whoever started it holds its standard input open; nobody else would ever stop it.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
