import { describe, expect, onTestFinished, test } from "vitest";
import type { GuardedPost, OutgoingPost } from "#lib/runtime/ports.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const ORIGIN = "https://cms.test";
const told = graph(
  [node("words", "text", { text: "done" }), node("tell", "webhook", { url: `${ORIGIN}/in`, secret: "cms" })],
  [edge("words.text", "tell.data")],
);

async function opened(post: GuardedPost, folder?: string) {
  const world = await openTestStudio(scriptedProvider().provider, { post, folder });
  onTestFinished(() => world.studio.stop());
  await world.studio.secrets.put("cms", { secret: "sixteen characters", origin: ORIGIN });
  return world;
}
const counting = (answer: () => Promise<{ status: number }>) => {
  const posts: OutgoingPost[] = [];
  return {
    posts,
    post: async (message: OutgoingPost) => {
      posts.push(message);
      return answer();
    },
  };
};
const idsOf = (posts: OutgoingPost[]) => posts.map(({ headers }) => headers["throughline-delivery"]);

describe("a webhook in a run", () => {
  test("sends once per run, and again in the next run", async () => {
    const cms = counting(async () => ({ status: 200 }));
    const { go } = await opened(cms);
    expect((await go(told)).status).toBe("succeeded");
    expect((await go(told)).status).toBe("succeeded");
    expect(new Set(idsOf(cms.posts)).size).toBe(2);
  });

  test("interrupted while it waits for an answer, it goes out again under the same id when the run is resumed elsewhere", async () => {
    let arrived = () => {};
    const waiting = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const silent = counting(() => {
      arrived();
      return new Promise(() => {});
    });
    const first = await openTestStudio(scriptedProvider().provider, {
      post: { post: (message, signal) => Promise.race([silent.post(message), aborted(signal)]) },
    });
    await first.studio.secrets.put("cms", { secret: "sixteen characters", origin: ORIGIN });
    const { runId } = await first.studio.startRun({ graph: told });
    const driven = first.studio.drive(runId).catch(() => {});
    await waiting;
    await first.studio.stop();
    await driven;

    const cms = counting(async () => ({ status: 204 }));
    const second = await opened(cms, first.folder);
    await second.studio.resume(runId, {});
    expect(await second.studio.drive(runId)).toBe("succeeded");
    expect(idsOf(cms.posts)).toEqual(idsOf(silent.posts));
  });

  test("a delivery that failed is sent again under its id by resuming the run; what was drawn before it is not drawn again", async () => {
    const answers = [{ status: 404 }, { status: 200 }];
    const cms = counting(async () => answers.shift() ?? { status: 200 });
    const { go, studio } = await opened(cms);
    const failed = await go(told);
    expect(failed.status).toBe("failed");
    await studio.resume(failed.runId, {});
    expect(await studio.drive(failed.runId)).toBe("succeeded");
    expect(new Set(idsOf(cms.posts)).size).toBe(1);
  });

  test("SC-001 neither the run nor its events hold the secret", async () => {
    const cms = counting(async () => ({ status: 200 }));
    const { go, journal } = await opened(cms);
    const run = await go(told);
    expect(JSON.stringify([run, await journal.events(run.runId, 0, 999)])).not.toContain("sixteen characters");
  });
});

const aborted = (signal?: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true }));
