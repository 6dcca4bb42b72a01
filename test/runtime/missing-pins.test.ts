import { expect, test } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const withPin = (mode: string) =>
  graph(
    [
      node("words", "text", { text: "a harbour" }),
      node("hero", "generate", { partials: 0 }),
      node("night", "edit", { partials: 0 }, { pin: "f".repeat(64), mode }),
    ],
    [edge("words.text", "hero.prompt"), edge("hero.image", "night.image"), edge("words.text", "night.instruction")],
  );

test("a pin to a result that is not in the store is told before anything is paid", async () => {
  const fake = scriptedProvider();
  const { studio, go } = await openTestStudio(fake.provider);
  const pinned = withPin("on");
  const told = [{ code: "PIN_MISSING", node: "night", message: expect.stringContaining("Unpin it") }];
  expect((await studio.check(pinned)).problems).toMatchObject(told);
  await expect(studio.startRun({ graph: pinned })).rejects.toMatchObject({ problems: told });
  expect(fake.sent).toEqual([]);
  expect((await go(withPin("mute"))).status).toBe("succeeded");
});
