import { expect, test } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, hastyClock, node, openTestStudio } from "./test-studio.ts";

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

test("a call whose run may be lost before it was sent is known not to have been sent", async () => {
  const fake = scriptedProvider();
  let ahead = 0;
  const clock = { ...hastyClock(), monotonic: () => performance.now() + ahead };
  const { studio, journal, worker } = await openTestStudio(fake.provider, { clock });
  const { reserve } = journal;
  journal.reserve = async (...call) => {
    const answer = await reserve(...call);
    // The machine slept; the lease is over, as far as this process can tell.
    ahead = 60_000;
    return answer;
  };
  const { runId } = await studio.startRun({
    graph: graph(
      [node("words", "text", { text: "a harbour" }), node("hero", "generate", { partials: 0 })],
      [edge("words.text", "hero.prompt")],
    ),
  });
  expect(await worker.take(runId)).toBeUndefined();
  expect(fake.sent).toEqual([]);
  expect(await journal.callsOfRun(runId)).toMatchObject([{ state: "cancelled", costMicro: 0 }]);
});
