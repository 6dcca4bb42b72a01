import { expect, test } from "vitest";
import { Fenced } from "#lib/runtime/ports.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, hastyClock, node, openTestStudio } from "./test-studio.ts";

const drawn = Array.from({ length: 40 }, (_, index) => `g${index}`);
/** Forty pictures that may all be drawn as soon as the words are there. */
const wide = graph(
  [
    node("words", "text", { text: "a harbour" }),
    ...drawn.map((id, index) => node(id, "generate", { size: "1024x1024", partials: 0 }, { take: index + 1 })),
  ],
  drawn.map((id) => edge("words.text", `${id}.prompt`)),
);

/** Between two portions of a wide graph the run sleeps for 0 ms; with this clock, until `goOn`. */
function clockHeldBetweenPortions() {
  const clock = hastyClock();
  const { promise: held, resolve: goOn } = Promise.withResolvers<void>();
  return {
    clock: { ...clock, sleep: (ms: number, signal?: AbortSignal) => (ms === 0 ? held : clock.sleep(ms, signal)) },
    goOn,
  };
}

test("a worker that learns of another's claim while the rest of a wide graph is still decided lets go of the run at once and sends nothing more", async () => {
  const begun = await openTestStudio(scriptedProvider().provider);
  // Without money the words are made and every picture is still to be begun.
  const { runId } = await begun.go(wide, { budgetMicro: 0 });
  const { clock, goOn } = clockHeldBetweenPortions();
  const fake = scriptedProvider({ script: () => () => Promise.reject(new Fenced(runId)) });
  const { studio, worker, errors } = await openTestStudio(fake.provider, { clock, folder: begun.folder });
  await studio.resume(runId, { budgetMicro: 5_000_000 });
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);
  process.on("unhandledRejection", hear);

  expect(await worker.take(runId)).toBeUndefined();
  const sent = fake.sent.length;
  goOn();
  await worker.close();

  process.off("unhandledRejection", hear);
  expect(unheard).toEqual([]);
  expect(errors).toEqual([]);
  expect(sent).toBeLessThan(drawn.length);
  expect(fake.sent).toHaveLength(sent);
});
