import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { KeyCheck, SettingsAnswer } from "#lib/protocol/settings.ts";
import { type FrontServer, startFront } from "./front-server.ts";

const KEY = "sk-CANARY-http-0123456789";
let front: FrontServer;
afterEach(() => front.close());

const put = (path: string, body: unknown) =>
  front.fetch(path, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

describe("the settings over HTTP", () => {
  test("say what holds and where it comes from", async () => {
    front = await startFront({ vars: { THROUGHLINE_CONCURRENCY: "3" } });
    const answer = (await (await front.fetch("/api/settings")).json()) as SettingsAnswer;
    expect(answer.values).toMatchObject({ budgetRunUsd: 5, budgetDayUsd: 20, concurrency: 3, openaiRpm: null });
    expect(answer.sources).toMatchObject({ budgetRunUsd: "default", concurrency: "environment" });
    expect(answer.key).toEqual({ set: false, source: "default" });
  });

  test("a change holds at once and asks for a studio with it", async () => {
    front = await startFront();
    const answer = await put("/api/settings", { budgetRunUsd: 2, budgetDayUsd: null });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as SettingsAnswer).values).toMatchObject({ budgetRunUsd: 2, budgetDayUsd: null });
    expect(front.reopened).toHaveLength(1);
  });

  test("a wrong value is refused with its field, one the environment sets with its variable", async () => {
    front = await startFront({ vars: { OPENAI_RPM: "10" } });
    const wrong = await put("/api/settings", { concurrency: 0 });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain("concurrency");
    const taken = await put("/api/settings", { openaiRpm: 5 });
    expect(taken.status).toBe(409);
    expect(await taken.text()).toContain("OPENAI_RPM");
    expect(front.reopened).toHaveLength(0);
  });

  test("SC-006 a key goes in and never comes out", async () => {
    front = await startFront();
    const answers = [
      await put("/api/settings/key", { key: KEY }),
      await front.fetch("/api/settings"),
      await put("/api/settings/key", { key: `${KEY} with spaces` }),
      await front.fetch("/api/settings/key/check", { method: "POST" }),
    ];
    for (const answer of answers) expect(await answer.text()).not.toContain("CANARY");
    expect(answers[0]?.status).toBe(200);
    expect(answers[2]?.status).toBe(422);
    expect(front.errors).toEqual([]);
    const removed = await front.fetch("/api/settings/key", { method: "DELETE" });
    expect(((await removed.json()) as SettingsAnswer).key).toEqual({ set: false, source: "default" });
  });

  test("nobody without the token or a session sees or changes them, and no foreign page can", async () => {
    front = await startFront();
    expect((await front.raw({ path: "/api/settings" })).status).toBe(401);
    const foreign = await front.fetch("/api/settings/key", {
      method: "PUT",
      headers: { "content-type": "application/json", origin: "https://evil.example" },
      body: JSON.stringify({ key: KEY }),
    });
    expect(foreign.status).toBe(403);
  });
});

describe("checking a key", () => {
  const provider = async (answer: (auth: string | undefined) => [number, unknown]) => {
    const server = createServer((req, res) => {
      const [status, body] = answer(req.headers.authorization);
      res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, close: () => server.close() };
  };
  const check = async () =>
    (await (await front.fetch("/api/settings/key/check", { method: "POST" })).json()) as KeyCheck;

  test("asks the provider for its models and buys nothing", async () => {
    const asked: (string | undefined)[] = [];
    const it = await provider((auth) => {
      asked.push(auth);
      return [200, { object: "list", data: [{ id: "gpt-6.1-terra", object: "model" }] }];
    });
    front = await startFront();
    expect(await check()).toEqual({ ok: false, message: "No key is set." });
    await put("/api/settings", { openaiBaseUrl: it.url });
    await put("/api/settings/key", { key: KEY });
    const said = await check();
    expect(said.ok).toBe(true);
    expect(said.message).toContain("does not list gpt-image");
    expect(asked).toEqual([`Bearer ${KEY}`]);
    it.close();
  });

  test("says in words that the key is not taken, without quoting it", async () => {
    const it = await provider(() => [
      401,
      { error: { message: `Incorrect API key provided: ${KEY}`, code: "invalid_api_key" } },
    ]);
    front = await startFront();
    await put("/api/settings", { openaiBaseUrl: it.url });
    await put("/api/settings/key", { key: KEY });
    expect(await check()).toEqual({ ok: false, message: "The provider does not take this key." });
    it.close();
  });
});
