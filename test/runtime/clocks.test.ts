import { afterEach, describe, expect, it } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, hastyClock, node, openTestStudio } from "./test-studio.ts";

const chain = (name = "{{run.date}}/{{label}}") =>
  graph(
    [
      node("words", "text", { text: "a lamp" }),
      node("draw", "generate"),
      node("more", "text", { text: "at dusk" }),
      node("edit", "edit"),
      node("keep", "archive", { name }),
    ],
    [
      edge("words.text", "draw.prompt"),
      edge("draw.image", "edit.image"),
      edge("more.text", "edit.instruction"),
      edge("edit.image", "keep.image"),
    ],
  );

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe("clocks that jump", () => {
  it.each([
    ["three days ahead", 3 * 86_400_000],
    ["two hours back", -2 * 3_600_000],
  ])(
    "CL-001 a clock that goes %s in the middle of a run times nothing out and buys nothing twice",
    async (_name, jump) => {
      let offset = 0;
      const { provider, sent } = scriptedProvider({
        script: () => {
          offset = jump;
          return undefined;
        },
      });
      const clock = { ...hastyClock(), now: () => Date.now() + offset };
      const { go, errors } = await openTestStudio(provider, { clock });
      const run = await go(chain());
      expect([run.status, run.paidCalls, sent.length, errors]).toEqual(["succeeded", 2, 2, []]);
      expect(sent[1]).toMatchObject({ previousResponseId: "resp_1" });
      const again = await go(chain());
      expect([again.status, again.paidCalls]).toEqual(["succeeded", 0]);
    },
  );
});

describe("dates in names", () => {
  it.each([
    ["a leap day, an hour before midnight", "2028-02-29T23:00:00Z", "2028-02-29"],
    ["the hour that summer time leaves out", "2027-03-28T01:30:00Z", "2027-03-28"],
    ["after the end of 32-bit seconds", "2038-01-19T03:14:08Z", "2038-01-19"],
  ])("CL-003 %s is the UTC day, whatever the machine's zone", async (_name, moment, day) => {
    const now = Date.parse(moment);
    const names = [];
    for (const TZ of ["Pacific/Kiritimati", "Europe/Vienna", "America/Los_Angeles"]) {
      process.env.TZ = TZ;
      const { go, journal } = await openTestStudio(scriptedProvider().provider, {
        clock: { ...hastyClock(), now: () => now },
      });
      const run = await go(chain());
      const [entry] = await journal.entries({ runId: run.runId, limit: 10 });
      names.push(entry?.name.split("/")[0]);
      expect(run.createdAt).toBe(now);
    }
    expect(names).toEqual([day, day, day]);
  });
});
