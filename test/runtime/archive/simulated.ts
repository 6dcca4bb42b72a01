import { createOpenAIProvider } from "#lib/adapters/openai/provider.ts";
import { createSimulator } from "#lib/adapters/simulator/simulator.ts";
import type { AssetStore } from "#lib/runtime/ports.ts";
import { hastyClock, openTestStudio } from "../test-studio.ts";

/** A studio with the simulator behind the wire, and every request that went over it. */
export async function openSimulated(options: { folder?: string; simulated?: boolean } = {}) {
  const { simulated = true } = options;
  const simulator = createSimulator({ latencyMs: 0 });
  let assets: AssetStore | undefined;
  const requests: { method: string; path: string; body: unknown }[] = [];
  const provider = createOpenAIProvider({
    apiKey: "simulator",
    baseURL: "http://simulator.invalid/v1",
    fetch: async (url, init) => {
      const body =
        typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : init?.body ? "form" : undefined;
      requests.push({ method: init?.method ?? "GET", path: new URL(String(url)).pathname, body });
      return simulator.fetch(url, init);
    },
    name: simulated ? "simulator" : "openai",
    simulated,
    timeoutMs: 600_000,
    idleTimeoutMs: 60_000,
    clock: hastyClock(),
    readAsset: async (asset) => ({ bytes: (await assets?.get(asset)) ?? Buffer.alloc(0), mediaType: "image/png" }),
  });
  const opened = await openTestStudio(provider, options.folder === undefined ? {} : { folder: options.folder });
  assets = opened.assets;
  return { ...opened, requests };
}
