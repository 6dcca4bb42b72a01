import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fault, FaultRule } from "./provider/faults.ts";
import { type ProviderProcess, startProvider } from "./start-provider.ts";
import { editGraph, generateGraph, openTestStudio } from "./studio.ts";

type Mode = "polled" | "streamed" | "oneshot";
const CONFIG: Record<Mode, Record<string, unknown>> = {
  polled: { partials: 0 },
  streamed: { partials: 2 },
  oneshot: { lane: "oneshot", partials: 0 },
};
const ALL: Mode[] = ["polled", "streamed", "oneshot"];
const THREADED: Mode[] = ["polled", "streamed"];

/** What must be true after one generation met one fault: the step, the run, how often the provider was asked, and how often it was paid. */
type Expected = { step: string; code?: string; run: string; creates: number; paid: number };
type Row = {
  name: string;
  fault: Fault;
  more?: Partial<FaultRule>;
  modes?: Mode[];
  env?: Record<string, string>;
  expect: Expected;
};

const done = (creates: number, paid = 1): Expected => ({ step: "done", run: "succeeded", creates, paid });
const failed = (code: string, paid = 0, creates = 1): Expected => ({
  step: "failed",
  code,
  run: "failed",
  creates,
  paid,
});
const doubtful = (paid: number): Expected => ({
  step: "in_doubt",
  code: "in_doubt",
  run: "paused in_doubt",
  creates: 1,
  paid,
});
const quota: Expected = { step: "queued", code: "quota", run: "paused quota", creates: 1, paid: 0 };

const ROWS: Row[] = [
  {
    name: "OA-002 429 with Retry-After is waited out",
    fault: "429",
    more: { retryAfterS: 1 },
    modes: ALL,
    expect: done(2),
  },
  { name: "429 without Retry-After is tried again", fault: "429", modes: ALL, expect: done(2) },
  { name: "OA-004 429 slow_down is tried again", fault: "slow-down", expect: done(2) },
  ...["insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded"].map(
    (code): Row => ({ name: `OA-003 429 ${code} pauses the run`, fault: "429-quota", more: { code }, expect: quota }),
  ),
  {
    name: "OA-003 a quota answer to the Image API pauses the run",
    fault: "429-quota",
    modes: ["oneshot"],
    expect: quota,
  },
  { name: "OA-004 503 once is tried again", fault: "503", modes: ALL, expect: done(2) },
  {
    name: "503 five times is a failure",
    fault: "503",
    more: { times: 5 },
    modes: ALL,
    expect: failed("server_is_overloaded", 0, 5),
  },
  { name: "500 before the work may have been paid all the same", fault: "500-before", modes: ALL, expect: doubtful(0) },
  { name: "OA-005 500 after the work is not bought again", fault: "500-after", modes: ALL, expect: doubtful(1) },
  { name: "OA-005 502 after the work is not bought again", fault: "502-after", modes: ALL, expect: doubtful(1) },
  { name: "OA-006 a reset after the work is not bought again", fault: "reset-after", modes: ALL, expect: doubtful(1) },
  {
    name: "OA-020 a reset after the request was sent is in doubt",
    fault: "reset-before",
    modes: ALL,
    expect: doubtful(0),
  },
  {
    name: "OA-007 a create call that never answers is in doubt",
    fault: "hang",
    modes: ALL,
    env: { OPENAI_TIMEOUT_S: "1" },
    expect: doubtful(1),
  },
  {
    name: "a create answer cut after the id is fetched by it",
    fault: "truncate-json",
    modes: ["polled"],
    expect: done(1),
  },
  {
    name: "OA-008 a stream that ends early is fetched by its id",
    fault: "sse-cut",
    modes: ["streamed"],
    expect: done(1),
  },
  {
    name: "OA-008 a stream that ends before the id is in doubt",
    fault: "sse-cut-unnamed",
    modes: ["streamed"],
    expect: doubtful(1),
  },
  { name: "OA-009 a silent stream is fetched by its id", fault: "sse-silent", modes: ["streamed"], expect: done(1) },
  {
    name: "OA-010 a stream reset in an event is fetched by its id",
    fault: "sse-reset",
    modes: ["streamed"],
    expect: done(1),
  },
  { name: "OA-010 a broken event is fetched by its id", fault: "sse-bad-json", modes: ["streamed"], expect: done(1) },
  {
    name: "OA-010 an error event after the id is fetched by it",
    fault: "sse-error",
    modes: ["streamed"],
    expect: done(1),
  },
  { name: "OA-010 a failed response fails the step", fault: "failed", expect: failed("server_error", 1) },
  { name: "OA-013 an answer in words is no picture", fault: "text-only", expect: failed("EMPTY_RESULT", 1) },
  { name: "OA-013 a picture of nothing is no picture", fault: "null-result", expect: failed("EMPTY_RESULT", 1) },
  {
    name: "OA-022 a refused picture inside a 200 is a refusal",
    fault: "moderation-in-200",
    expect: failed("moderation", 1),
  },
  { name: "a refused prompt is a refusal", fault: "400-moderation", modes: ALL, expect: failed("moderation") },
  { name: "a 400 keeps the provider's code", fault: "400", modes: ALL, expect: failed("invalid_value") },
  {
    name: "OA-017 a picture the provider refuses",
    fault: "400",
    more: { code: "image_too_large" },
    expect: failed("image_too_large"),
  },
  { name: "OA-016 a wrong key is not tried again", fault: "401", modes: ALL, expect: failed("invalid_api_key") },
  { name: "OA-016 a model that is not allowed is not tried again", fault: "403", expect: failed("org_not_verified") },
  {
    name: "OA-021 a retired model fails with the provider's code",
    fault: "model-gone",
    expect: failed("model_not_found"),
  },
  { name: "OA-011 a page instead of an answer", fault: "html200", modes: ALL, expect: failed("UPSTREAM_PROTOCOL") },
  { name: "OA-011 a 200 with nothing in it", fault: "empty200", modes: ALL, expect: failed("UPSTREAM_PROTOCOL") },
  { name: "OA-011 a 204", fault: "204", modes: ALL, expect: failed("UPSTREAM_PROTOCOL") },
  { name: "OA-018 bytes that are no picture", fault: "bad-picture", expect: failed("BAD_UPSTREAM_IMAGE", 1) },
  { name: "usage left out is no harm", fault: "no-usage", expect: done(1) },
  { name: "a second picture in one answer is no harm", fault: "two-pictures", expect: done(1) },
  { name: "failing polls are repeated", fault: "poll-500", modes: ["polled"], expect: done(1) },
  { name: "OA-025 a response that is gone is in doubt", fault: "poll-gone", modes: ["polled"], expect: doubtful(1) },
];

describe("every fault at the wire has one outcome", { concurrent: true }, () => {
  let provider: ProviderProcess;
  const cases = ROWS.flatMap((row) => (row.modes ?? THREADED).map((mode) => ({ ...row, mode })));
  const marker = (index: number) => `case-${index}-`;

  beforeAll(async () => {
    provider = await startProvider({ latencyMs: 60 });
    await provider.faults([
      ...cases.map(({ fault, more }, index) => ({ match: marker(index), fault, ...more })),
      { match: "long-wait-", fault: "429", retryAfterS: 90 },
      { match: "no-more-calls-", fault: "429-quota" },
      { match: "lost-thread-edit-", fault: "prev-404" },
      { match: "doubt-story-", fault: "500-after" },
    ]);
  });
  afterAll(async () => {
    const ledger = await provider?.ledger();
    await provider?.stop();
    expect(ledger.violations).toEqual([]);
  });

  const createsOf = async (words: string) =>
    (await provider.ledger()).creates.filter((create) => create.prompt.includes(words));

  test.each(cases.map((row, index) => ({ ...row, index })))("$name ($mode)", async ({ mode, env, index, ...row }) => {
    const matrix = await openTestStudio(provider.url, { OPENAI_IDLE_TIMEOUT_S: "1", ...env });
    try {
      const run = await matrix.run(generateGraph(marker(index), CONFIG[mode]));
      const step = run.steps.find(({ nodeId }) => nodeId === "draw")!;
      const creates = await createsOf(marker(index));
      const found: Expected = {
        step: step.state,
        code: step.error?.code,
        run: [run.status, run.reason].filter(Boolean).join(" "),
        creates: creates.length,
        paid: creates.filter((create) => create.paid).length,
      };
      expect(found).toEqual({ code: undefined, ...row.expect });
      expect(run.outputs.draw?.image?.length ?? 0).toBe(row.expect.step === "done" ? 1 : 0);
      const waited = creates.length > 1 ? creates[1]!.at - creates[0]!.at : Number.POSITIVE_INFINITY;
      expect(waited).toBeGreaterThanOrEqual((row.more?.retryAfterS ?? 0) * 1000);
    } finally {
      await matrix.close();
    }
  });

  test("OA-002 a Retry-After of 90 s is not cut short", async () => {
    const matrix = await openTestStudio(provider.url);
    try {
      const { runId } = await matrix.studio.startRun({ graph: generateGraph("long-wait-", CONFIG.polled) });
      const driven = matrix.studio.drive(runId);
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await matrix.studio.cancel(runId);
      expect(await driven).toBe("cancelled");
      expect(await createsOf("long-wait-")).toHaveLength(1);
    } finally {
      await matrix.close();
    }
  });

  test("OA-003 once the quota is used up the run makes no further call", async () => {
    const matrix = await openTestStudio(provider.url, {}, 1);
    try {
      const run = await matrix.run(generateGraph("no-more-calls-", CONFIG.polled, 4));
      expect(run).toMatchObject({ status: "paused", reason: "quota", costUsd: 0 });
      expect(await createsOf("no-more-calls-")).toHaveLength(1);
      expect(await matrix.resume(run.runId)).toMatchObject({ status: "succeeded" });
      expect(await createsOf("no-more-calls-")).toHaveLength(5);
    } finally {
      await matrix.close();
    }
  });

  test("OA-014 a thread the provider lost is rebuilt and the run does not fail", async () => {
    const matrix = await openTestStudio(provider.url);
    try {
      const run = await matrix.run(editGraph("lost-thread-first-", "lost-thread-edit-", CONFIG.polled));
      expect(run.status).toBe("succeeded");
      expect(run.steps.find(({ nodeId }) => nodeId === "edit")).toMatchObject({ state: "done", rehydrated: true });
      const creates = await createsOf("lost-thread-");
      expect(creates.map(({ paid, parent, fault }) => [paid, parent !== undefined, fault])).toEqual([
        [true, false, undefined],
        [false, true, "prev-404"],
        [true, false, undefined],
      ]);
      expect(creates[2]!.prompt).toContain("lost-thread-first-");
    } finally {
      await matrix.close();
    }
  });

  test("OA-005 OA-006 PF-002 a call in doubt is sent again when a person says so, and never before", async () => {
    const matrix = await openTestStudio(provider.url);
    const graph = generateGraph("doubt-story-", CONFIG.streamed, 2);
    const counted = async () => (await createsOf("doubt-story-")).length;
    try {
      const run = await matrix.run(graph);
      expect(run).toMatchObject({ status: "paused", reason: "in_doubt" });
      expect(run.steps.map(({ state }) => state).sort()).toEqual(["done", "done", "in_doubt"]);
      expect(await counted()).toBe(2);
      expect(await matrix.resume(run.runId)).toMatchObject({ status: "paused", reason: "in_doubt" });
      const fresh = await matrix.run(graph);
      expect(fresh).toMatchObject({ status: "paused", reason: "in_doubt" });
      expect(fresh.error?.message).toContain(run.runId);
      expect(await counted()).toBe(2);
      expect(await matrix.resume(run.runId, "retry")).toMatchObject({ status: "succeeded" });
      expect(await counted()).toBe(3);
      expect(await matrix.resume(fresh.runId)).toMatchObject({ status: "succeeded" });
      expect(await counted()).toBe(3);
    } finally {
      await matrix.close();
    }
  });

  test("OA-020 a provider nobody answers for is tried five times and then named", async () => {
    const gone = await startProvider({});
    await gone.stop();
    const matrix = await openTestStudio(gone.url);
    try {
      const run = await matrix.run(generateGraph("nobody", CONFIG.polled));
      expect(run).toMatchObject({ status: "failed", paidCalls: 0, costUsd: 0 });
      expect(run.steps.find(({ nodeId }) => nodeId === "draw")?.error).toMatchObject({ code: "ECONNREFUSED" });
    } finally {
      await matrix.close();
    }
  });
});

describe("a run that is stopped", () => {
  test("cancel is passed on to the provider for every call with an id, and nothing is sent afterwards", async () => {
    const provider = await startProvider({ latencyMs: 3000 });
    const matrix = await openTestStudio(provider.url);
    try {
      const { runId } = await matrix.studio.startRun({
        graph: editGraph("to be stopped", "and changed", CONFIG.polled),
      });
      const driven = matrix.studio.drive(runId);
      for await (const event of matrix.studio.events(runId, 0)) if (event.type === "call.sent") break;
      await matrix.studio.cancel(runId);
      expect(await driven).toBe("cancelled");
      const ledger = await provider.ledger();
      expect([ledger.creates.length, ledger.cancels, ledger.violations]).toEqual([1, 1, []]);
    } finally {
      await matrix.close();
      await provider.stop();
    }
  });
});
