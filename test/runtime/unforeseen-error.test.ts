import { expect, test } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const chain = () =>
  graph(
    [
      node("words", "text", { text: "a harbour" }),
      node("hero", "generate", { partials: 0 }),
      node("night", "edit", { partials: 0 }),
      node("ask", "text", { text: "make it night" }),
    ],
    [edge("words.text", "hero.prompt"), edge("hero.image", "night.image"), edge("ask.text", "night.instruction")],
  );

test("a run that meets an error nobody foresaw ends with words instead of being tried for ever, and goes on when resumed", async () => {
  const fake = scriptedProvider();
  const { studio, journal, errors } = await openTestStudio(fake.provider);
  const { results } = journal;
  let asked = 0;
  journal.results = async (keys) => {
    asked += 1;
    if (asked === 3) throw new TypeError("undefined is not a function");
    return await results(keys);
  };
  const { runId } = await studio.startRun({ graph: chain() });
  expect(await studio.drive(runId)).toBe("failed");
  const failed = await studio.run(runId);
  expect(failed?.error).toMatchObject({ code: "internal", message: expect.stringContaining("Resume it") });
  expect(failed?.steps.map(({ state }) => state)).not.toContain("running");
  expect(errors.join()).toContain("not a function");

  expect(await studio.resume(runId, {})).toBe("queued");
  expect(await studio.drive(runId)).toBe("succeeded");
  expect(fake.sent).toHaveLength(2);
});
