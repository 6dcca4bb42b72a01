import { expect, test } from "vitest";
import { ProviderError } from "#lib/runtime/ports.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

test("ST-003 a call whose pictures cannot be read rests with its run; nothing was sent, nothing is in doubt", async () => {
  let away = true;
  const fake = scriptedProvider({
    script: () => (away ? new ProviderError("unavailable", "DISK_FULL", "The asset store is away.") : undefined),
  });
  const { studio, journal, go } = await openTestStudio(fake.provider);
  const run = await go(
    graph(
      [node("p", "text", { text: "a lamp" }), node("hero", "generate", { partials: 0 })],
      [edge("p.text", "hero.prompt")],
    ),
  );
  expect(run).toMatchObject({ status: "paused", reason: "disk", error: { message: "The asset store is away." } });
  expect(fake.sent).toHaveLength(1);
  expect((await journal.callsOfRun(run.runId)).map(({ state, costMicro }) => [state, costMicro])).toEqual([
    ["failed", 0],
  ]);

  away = false;
  await studio.resume(run.runId, {});
  expect(await studio.drive(run.runId)).toBe("succeeded");
  expect(fake.sent).toHaveLength(2);
});
