import type OpenAI from "openai";
import { describe, expect, it } from "vitest";
import type { FaultRule } from "#lib/adapters/simulator/simulator.ts";
import { drawing, pictureOf, simulated } from "./sdk.ts";

type Outcome = {
  error?: { status?: number; code?: string | null; name: string; headers?: Headers };
  response?: OpenAI.Responses.Response;
};

/** One drawing request under one fault, and what was paid for it. */
async function under(rule: Omit<FaultRule, "nth">, more: object = {}, signal?: AbortSignal) {
  const { client, simulator } = simulated({ faults: [{ ...rule, nth: 1 }] });
  const outcome: Outcome = await client.responses.create(drawing("A lamp", more), { signal }).then(
    (response) => ({ response: response as OpenAI.Responses.Response }),
    (error) => ({ error }),
  );
  return { ...outcome, paid: simulator.ledger().paid, client, simulator };
}

async function streamUnder(rule: FaultRule, partials = 1) {
  const { client, simulator } = simulated({ faults: [rule] });
  const events: { type: string; response?: { id: string } }[] = [];
  let error: unknown = null;
  try {
    const stream = await client.responses.create({
      ...drawing("A lamp", { background: true }, { partial_images: partials }),
      stream: true as const,
    });
    for await (const event of stream) events.push(event as never);
  } catch (thrown) {
    error = thrown;
  }
  return {
    types: events.map((event) => event.type),
    id: events[0]?.response?.id ?? "",
    error,
    paid: simulator.ledger().paid,
    client,
  };
}

describe("faults before the work: nothing is paid", () => {
  it.each([
    ["401", 401, "invalid_api_key"],
    ["403", 403, null],
    ["429", 429, "rate_limit_exceeded"],
    ["429-quota", 429, "insufficient_quota"],
    ["slow_down", 503, "slow_down"],
    ["503", 503, null],
    ["500-before", 500, "server_error"],
    ["moderation-400", 400, "moderation_blocked"],
    ["prev-404", 404, "previous_response_not_found"],
    ["prev-400", 400, "previous_response_not_found"],
  ] as const)("%s is a %i", async (fault, status, code) => {
    const { error, paid } = await under({ fault });
    expect(error).toMatchObject({ status, code });
    expect(paid).toBe(0);
  });

  it("breaks the connection before anything is accepted", async () => {
    for (const fault of ["reset-before", "refused"] as const) {
      const { error, paid } = await under({ fault });
      expect([error?.constructor.name, paid]).toEqual(["APIConnectionError", 0]);
    }
  });

  it("says when to come back, in seconds or as a date", async () => {
    const seconds = await under({ fault: "429", args: { retryAfter: 90 } });
    expect(seconds.error?.headers?.get("retry-after")).toBe("90");
    const date = await under({ fault: "429", args: { retryAfter: 30, httpDate: true } });
    expect(Date.parse(date.error?.headers?.get("retry-after") ?? "")).toBeGreaterThan(Date.now());
    const none = await under({ fault: "429", args: { retryAfter: null } });
    expect(none.error?.headers?.get("retry-after")).toBeNull();
  });

  it("sends another gateway status when asked", async () => {
    expect((await under({ fault: "500-after", args: { status: 504 } })).error).toMatchObject({ status: 504 });
  });
});

describe("faults after the work: it is paid for", () => {
  it.each([
    ["500-after", "InternalServerError"],
    ["reset-after", "APIConnectionError"],
  ] as const)("%s loses the answer, not the bill", async (fault, name) => {
    const { error, paid, client, simulator } = await under({ fault });
    expect([error?.constructor.name, paid]).toEqual([name, 1]);
    const id = simulator.ledger().calls[0]!.responseId!;
    expect((await client.responses.retrieve(id)).status).toBe("completed");
  });

  it("hangs until the client gives up", async () => {
    const { error, paid } = await under({ fault: "hang" }, {}, AbortSignal.timeout(400));
    expect([error?.constructor.name, paid]).toEqual(["APIUserAbortError", 1]);
  });

  it("ends a hang by breaking the connection", async () => {
    const { error, paid } = await under({ fault: "hang", args: { ms: 5 } });
    expect([error?.constructor.name, paid]).toEqual(["APIConnectionError", 1]);
  });

  it("cuts a JSON body short", async () => {
    const { error, paid } = await under({ fault: "truncate-json", args: { after: 100 } });
    expect(error).toBeInstanceOf(Error);
    expect(paid).toBe(1);
  });

  it.each(["html200", "empty200", "204"] as const)(
    "%s is nothing the provider would send, paid only when said so",
    async (fault) => {
      expect((await under({ fault })).paid).toBe(0);
      const accepted = await under({ fault, args: { accepted: true } });
      expect([
        accepted.paid,
        typeof (accepted.response as unknown as { output?: unknown } | undefined)?.output,
      ]).toEqual([1, "undefined"]);
    },
  );

  it("takes longer when told to be slow", async () => {
    let now = 1_790_000_000_000;
    const { client } = simulated({ now: () => now, faults: [{ fault: "slow", args: { ms: 9000 } }] });
    const begun = await client.responses.create(drawing("A lamp", { background: true }));
    now += 5000;
    expect((await client.responses.retrieve(begun.id)).status).toBe("in_progress");
    now += 5000;
    expect((await client.responses.retrieve(begun.id)).status).toBe("completed");
  });
});

describe("answers that are wrong in themselves", () => {
  it("has no result, or words instead of a picture", async () => {
    expect(pictureOf((await under({ fault: "null-result" })).response!).result).toBeNull();
    const { response } = await under({ fault: "text-only" });
    expect(pictureOf(response!)).toBeUndefined();
    expect(response!.output_text).not.toBe("");
  });

  it("has two pictures that differ", async () => {
    const { response } = await under({ fault: "two-images" });
    const calls = response!.output.filter((item) => item.type === "image_generation_call") as {
      id: string;
      result: string;
    }[];
    expect(calls).toHaveLength(2);
    expect(calls[0]!.result).not.toBe(calls[1]!.result);
  });

  it("refuses inside a 200", async () => {
    const { response, paid } = await under({ fault: "moderation-in-200", args: { categories: ["harassment"] } });
    expect(response!.status).toBe("completed");
    expect(pictureOf(response!)).toMatchObject({
      status: "failed",
      result: null,
      error: { code: "moderation_blocked", moderation_details: { categories: ["harassment"] } },
    });
    expect(paid).toBe(1);
  });

  it("names another format than it sends, sends no image at all, or far too much", async () => {
    expect(pictureOf((await under({ fault: "wrong-mime" })).response!).output_format).toBe("webp");
    const text = pictureOf((await under({ fault: "not-an-image" })).response!).result!;
    expect(Buffer.from(text, "base64").toString()).toContain("not a picture");
    const huge = pictureOf((await under({ fault: "huge-b64", args: { bytes: 3_000_000 } })).response!).result!;
    expect(huge.length).toBeGreaterThan(4_000_000);
  });

  it("gives nonsense or nothing for usage", async () => {
    expect((await under({ fault: "bad-usage" })).response!.usage?.input_tokens).toBe(-7);
    const { response } = await under({ fault: "missing-usage" });
    expect([response!.usage, response!.tool_usage]).toEqual([null, undefined]);
  });

  it("ends incomplete", async () => {
    expect((await under({ fault: "incomplete" })).response).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
    });
  });

  it("stays as it is when the response is fetched again", async () => {
    const { response, client } = await under({ fault: "null-result" });
    expect(pictureOf(await client.responses.retrieve(response!.id)).result).toBeNull();
  });
});

describe("faults of streams", () => {
  it("ends cleanly before the terminal event; the response is there to be fetched", async () => {
    const { types, error, id, client, paid } = await streamUnder({ fault: "truncate-sse" });
    expect(error).toBeNull();
    expect(types.at(-1)).toBe("response.image_generation_call.partial_image");
    expect((await client.responses.retrieve(id)).status).toBe("completed");
    expect(paid).toBe(1);
  });

  it("breaks off, or stops in the middle of an event", async () => {
    const reset = await streamUnder({ fault: "truncate-sse", args: { mode: "reset", after: 4 } });
    expect(reset.types).toHaveLength(4);
    expect(reset.error).toBeInstanceOf(Error);
    const middle = await streamUnder({ fault: "truncate-sse", args: { mode: "mid-event", after: 4 } });
    expect(middle.types.length).toBeLessThan(5);
    expect(middle.types).not.toContain("response.completed");
  });

  it("never completes a stream without partial pictures either", async () => {
    const { types } = await streamUnder({ fault: "truncate-sse" }, 0);
    expect(types).not.toContain("response.completed");
    expect(types.length).toBeGreaterThan(5);
  });

  it("falls silent and goes on later", async () => {
    const { types } = await streamUnder({ fault: "sse-silent", args: { ms: 5, after: 2 } });
    expect(types.at(-1)).toBe("response.completed");
  });

  it.each(["flat", "nested"] as const)("sends a %s error event", async (shape) => {
    const { error, id, client } = await streamUnder({ fault: "sse-error", args: { shape } });
    expect(error).toMatchObject({ code: "server_error" });
    expect((await client.responses.retrieve(id)).status).toBe("completed");
  });

  it("fails for good", async () => {
    const { types, error, id, client } = await streamUnder({ fault: "sse-failed" });
    expect([types.at(-1), error]).toEqual(["response.failed", null]);
    expect(await client.responses.retrieve(id)).toMatchObject({ status: "failed", error: { code: "server_error" } });
  });
});

describe("faults of stored responses", () => {
  it("loses a background response", async () => {
    const { client } = simulated({ faults: [{ fault: "expired-background", nth: 2 }] });
    const begun = await client.responses.create(drawing("A lamp", { background: true }));
    expect((await client.responses.retrieve(begun.id)).status).toBe("completed");
    await expect(client.responses.retrieve(begun.id)).rejects.toMatchObject({ status: 404 });
  });

  it("completes at the very moment of a cancel", async () => {
    const { client } = simulated({ latencyMs: 60_000, faults: [{ fault: "cancel-completed" }] });
    const begun = await client.responses.create(drawing("A lamp", { background: true }));
    const answer = await client.responses.cancel(begun.id);
    expect(answer.status).toBe("completed");
    expect((await client.responses.retrieve(begun.id)).status).toBe("completed");
  });

  it("applies to any path a rule names", async () => {
    const { client } = simulated({
      faults: [{ match: { method: "GET", path: "/responses/" }, fault: "500-before", nth: 1 }],
    });
    const begun = await client.responses.create(drawing("A lamp", { background: true }));
    await expect(client.responses.retrieve(begun.id)).rejects.toMatchObject({ status: 500 });
    expect((await client.responses.retrieve(begun.id)).status).toBe("completed");
  });
});

describe("the script", () => {
  it("counts turns per rule and looks at words, lane and metadata", async () => {
    const { client, simulator } = simulated({
      faults: [
        { match: { promptIncludes: "cat" }, fault: "429", nth: [2, 3] },
        { match: { lane: "background", metadata: { node: "n1" } }, fault: "503" },
      ],
    });
    const ask = (input: string, more: object = {}) =>
      client.responses.create(drawing(input, more)).then(
        () => 200,
        (error) => error.status as number,
      );
    expect([
      await ask("a cat"),
      await ask("a dog"),
      await ask("a cat"),
      await ask("a cat"),
      await ask("a cat"),
    ]).toEqual([200, 200, 429, 429, 200]);
    expect(await ask("a dog", { background: true, metadata: { node: "n1" } })).toBe(503);
    expect(await ask("a dog", { background: true, metadata: { node: "n2" } })).toBe(200);
    simulator.setFaults([]);
    expect(await ask("a dog", { background: true, metadata: { node: "n1" } })).toBe(200);
  });

  it("spoils the Image API as well", async () => {
    const { client, simulator } = simulated({
      faults: [
        { fault: "reset-after", nth: 1 },
        { fault: "null-result", nth: 2 },
      ],
    });
    const ask = () => client.images.generate({ model: "gpt-image-2.5-flare", prompt: "A lamp" });
    await expect(ask()).rejects.toThrow();
    expect((await ask()).data![0]!.b64_json).toBeNull();
    expect(simulator.ledger().paid).toBe(2);
  });
});

describe("the ledger", () => {
  it("notes habits a server cannot refuse", async () => {
    const { simulator, client } = simulated({ dedupeKey: "call_key" });
    const ask = () => client.responses.create({ model: "gpt-6.1-terra", input: "x", metadata: { call_key: "k1" } });
    await ask();
    await ask();
    const retried = { authorization: "Bearer x", "content-type": "application/json", "x-stainless-retry-count": "1" };
    await simulator.fetch("http://s.invalid/v1/responses", {
      method: "POST",
      headers: retried,
      body: JSON.stringify({ model: "gpt-6.1-terra", input: "x" }),
    });
    expect(simulator.ledger().violations).toEqual([
      expect.stringContaining("'k1' was already paid for"),
      expect.stringContaining("retry"),
    ]);
  });
});
