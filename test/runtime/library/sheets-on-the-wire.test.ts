import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createOpenAIProvider } from "#lib/adapters/openai/provider.ts";
import { createSimulator } from "#lib/adapters/simulator/simulator.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";
import { edge, node, openTestStudio } from "../test-studio.ts";

it("the instructions of every request of a conversation are the sheet as the library shows it, letter for letter", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sheets-wire-"));
  const simulator = createSimulator({ folder: join(folder, "simulator"), latencyMs: 0 });
  const bodies: { instructions?: string; previous_response_id?: string; tools?: unknown[] }[] = [];
  let store: Awaited<ReturnType<typeof openTestStudio>> | undefined;
  const provider = createOpenAIProvider({
    apiKey: "simulator",
    baseURL: "http://simulator.invalid/v1",
    fetch: async (input, init) => {
      const request = new Request(input as RequestInfo, init as RequestInit);
      if (request.method === "POST" && new URL(request.url).pathname.endsWith("/responses"))
        bodies.push((await request.clone().json()) as (typeof bodies)[number]);
      return await simulator.fetch(request);
    },
    name: "simulator",
    simulated: true,
    timeoutMs: 60_000,
    idleTimeoutMs: 60_000,
    clock: systemClock,
    readAsset: async (asset) => ({
      bytes: (await store?.assets.get(asset)) ?? Buffer.alloc(0),
      mediaType: (await store?.journal.assetInfo(asset))?.mediaType ?? "image/png",
    }),
  });
  store = await openTestStudio(provider, { folder });
  const { studio, go } = store;
  const words = { tags: [], samples: [] };
  await studio.library.create({ ...words, name: "House", text: "House “rules”.\n\n# Licht\nWeich – von links.\n" });
  await studio.library.create({ ...words, name: "Alpine", text: "Höhe.\n\n# licht\nHart.", extends: "house" });
  const run = await go({
    id: "wire",
    nodes: [
      node("look", "spec-sheet", { library: "alpine" }),
      node("words", "prompt", { text: "A boat" }),
      node("hero", "generate", { partials: 0, size: "1024x1024" }),
      node("other", "prompt", { text: "at night" }),
      node("night", "edit", { partials: 0 }),
      node("third", "prompt", { text: "in rain" }),
      node("rain", "edit", { partials: 0 }),
    ],
    edges: [
      edge("look.spec", "hero.spec"),
      edge("words.text", "hero.prompt"),
      edge("hero.image", "night.image"),
      edge("other.text", "night.instruction"),
      edge("night.image", "rain.image"),
      edge("third.text", "rain.instruction"),
    ],
  });
  expect(run.status).toBe("succeeded");
  const shown = (await studio.library.read("alpine"))?.effective?.text;
  expect(shown).toBe("House “rules”.\n\nHöhe.\n\n# licht\nHart.");
  expect(bodies.map(({ instructions }) => instructions)).toEqual([shown, shown, shown]);
  expect(bodies.map((body) => body.previous_response_id !== undefined)).toEqual([false, true, true]);
  await studio.stop();
});
