import { expect, test } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

test("an Image API answer, which nobody could fetch again, is stored without waiting for calm", async () => {
  let waited = 0;
  const { go } = await openTestStudio(scriptedProvider().provider, {
    storing: async (work) => {
      waited += 1;
      return await work();
    },
  });
  const drawn = (lane: string) =>
    go(
      graph(
        [node("words", "text", { text: `a ${lane}` }), node("hero", "generate", { partials: 0, lane })],
        [edge("words.text", "hero.prompt")],
      ),
    );
  expect((await drawn("oneshot")).status).toBe("succeeded");
  expect(waited).toBe(0);
  expect((await drawn("conversation")).status).toBe("succeeded");
  expect(waited).toBe(1);
});
