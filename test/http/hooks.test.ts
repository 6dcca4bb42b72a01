import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withJson } from "./front-server.ts";
import { startWaysIn } from "./ways-in-front.ts";

const everyFile = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

let on: Awaited<ReturnType<typeof startWaysIn>>;
beforeAll(async () => {
  on = await startWaysIn();
});
afterAll(() => on.front.close());

const runs = async (): Promise<number> => (await on.call("/api/runs?limit=200")).body.runs.length;
const post = (title: string) => ({ post: { title, body: "…" } });

describe("a hook", () => {
  it("starts a run of its template from a signed body, and says where to look", async () => {
    const { hook, secret } = await on.hook({ name: "CMS", inputs: { mood: "loud" } });
    expect(hook).toMatchObject({ name: "CMS", enabled: true, ready: true, deliveries: 0 });
    expect(hook.url).toBe(`${on.front.base}/api/hooks/${hook.id}`);
    const taken = await on.deliver(hook.id, post("Dawn"), { secret, id: "d-1" });
    expect(taken.status).toBe(202);
    expect(taken.body).toEqual({
      runId: expect.stringMatching(/^run_/),
      run: `${on.front.base}/api/runs/${taken.body.runId}`,
      page: `${on.front.base}/runs/${taken.body.runId}`,
    });
    const run = await on.finished(taken.body.runId);
    expect(run).toMatchObject({
      status: "succeeded",
      inputs: { title: "Dawn", mood: "loud" },
      template: { id: "poster", revision: 1 },
    });
    const { deliveries } = (await on.call(`/api/hooks/${hook.id}/deliveries`)).body;
    expect(deliveries).toMatchObject([{ deliveryId: "d-1", runId: taken.body.runId, status: "succeeded" }]);
  });

  it("WH-001 takes nothing unsigned, wrongly signed, or signed with an empty secret", async () => {
    const { hook, secret } = await on.hook();
    const before = await runs();
    const wrong = [
      {},
      { secret: "" },
      { secret: "not the secret" },
      { secret, signature: "v1=" },
      { secret, signature: `v1=${"0".repeat(64)}` },
      { secret, signature: "v1=é" },
      { secret, headers: { "throughline-timestamp": "now" } },
      { secret, headers: { "throughline-timestamp": "" } },
    ];
    for (const signed of wrong) {
      const answer = await on.deliver(hook.id, post("x"), signed);
      expect([answer.status, answer.body.code], JSON.stringify(signed)).toEqual([401, "UNSIGNED"]);
    }
    expect(await runs()).toBe(before);
  });

  it("WH-002 is found by its unguessable id alone; anything else is 404 and starts nothing", async () => {
    const { hook, secret } = await on.hook();
    expect(Buffer.from(hook.id, "base64url")).toHaveLength(16);
    const before = await runs();
    for (const id of [
      "poster",
      "CMS",
      hook.id.slice(0, -1),
      `${hook.id}A`,
      hook.id.toLowerCase(),
      "A".repeat(22),
      "..%2f",
    ]) {
      const answer = await on.deliver(id, post("x"), { secret });
      expect(answer.status, id).toBe(404);
    }
    expect(await runs()).toBe(before);
  });

  it("WH-003 refuses what was signed six minutes ago, and gives a delivery that comes again its first run", async () => {
    const { hook, secret } = await on.hook();
    const late = await on.deliver(hook.id, post("Late"), { secret, at: Date.now() - 6 * 60_000, id: "late" });
    expect(late.status).toBe(401);
    expect((await on.deliver(hook.id, post("Early"), { secret, at: Date.now() + 6 * 60_000 })).status).toBe(401);
    const at = Date.now() - 60_000;
    const first = await on.deliver(hook.id, post("Once"), { secret, id: "d", at });
    const before = await runs();
    const again = await on.deliver(hook.id, post("Once"), { secret, id: "d", at: at + 5000 });
    expect([first.status, again.status, again.body.runId]).toEqual([202, 200, first.body.runId]);
    const renamed = await on.deliver(hook.id, post("Once"), {
      secret,
      id: "another name for the same signature".replaceAll(" ", "-"),
      at,
    });
    expect([renamed.status, renamed.body.runId]).toEqual([200, first.body.runId]);
    const unnamed = await on.deliver(hook.id, post("Once"), { secret, at });
    expect([unnamed.status, unnamed.body.runId]).toEqual([200, first.body.runId]);
    const many = await Promise.all(
      [1, 2, 3, 4, 5].map(() => on.deliver(hook.id, post("Five"), { secret, id: "five" })),
    );
    expect(new Set(many.map(({ body }) => body.runId)).size).toBe(1);
    expect(await runs()).toBe(before + 1);
  });

  it("WH-004 slows down who comes too often, with Retry-After, and holds the day's budget", async () => {
    const { hook, secret } = await on.hook({ perMinute: 10 });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => on.deliver(hook.id, { ...post("Same"), n }, { secret, id: `d${n}` })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    expect(refused).toHaveLength(90);
    expect(refused.every(({ headers }) => Number(headers["retry-after"]) >= 1)).toBe(true);

    const poor = await on.hook({ budgetUsd: 1, dayBudgetUsd: 0.5 });
    const first = await on.deliver(poor.hook.id, post("Rich"), { secret: poor.secret, id: "1" });
    expect((await on.finished(first.body.runId)).budgetUsd).toBe(0.5);
  });

  it("WH-006 answers GET, HEAD, OPTIONS and TRACE with 405 and does nothing", async () => {
    const { hook } = await on.hook();
    const before = await runs();
    for (const method of ["GET", "HEAD", "OPTIONS", "TRACE", "PATCH"]) {
      const answer = await on.front.raw({
        method,
        path: `/api/hooks/${hook.id}`,
        headers: { host: `127.0.0.1:${on.front.port}` },
      });
      expect([answer.status, answer.headers.allow !== undefined], method).toEqual([405, true]);
    }
    const gone = await on.front.raw({
      method: "DELETE",
      path: `/api/hooks/${hook.id}`,
      headers: { host: `127.0.0.1:${on.front.port}` },
    });
    expect(gone.status).toBe(401);
    expect(await runs()).toBe(before);
  });

  it("WH-008 answers JSON only, sniffed by nobody, in a sandbox, and echoes nothing of what came", async () => {
    const { hook, secret } = await on.hook();
    const evil = "<script>alert(1)</script>";
    for (const answer of [
      await on.deliver(hook.id, { post: { title: evil } }, { secret, headers: { accept: "text/html" } }),
      await on.deliver(hook.id, evil, { secret }),
      await on.deliver(hook.id, { post: { title: evil } }),
      await on.deliver(evil, {}, { secret }),
    ]) {
      expect(answer.headers["content-type"]).toMatch(/^application\/(problem\+)?json/);
      expect(answer.headers["x-content-type-options"]).toBe("nosniff");
      expect(answer.headers["content-security-policy"]).toMatch(/sandbox|default-src 'none'/);
      expect(answer.text).not.toContain("<script>");
    }
  });

  it("SF-020 takes no delivery that is the fourth in a row", async () => {
    const { hook, secret } = await on.hook();
    const deep = (depth: string) =>
      on.deliver(hook.id, post(`Depth ${depth}`), { secret, headers: { "throughline-depth": depth } });
    expect((await deep("3")).status).toBe(202);
    for (const depth of ["4", "99", "1e9", "-1", "x"]) expect((await deep(depth)).status, depth).toBe(508);
  });

  it("CR-001 CR-003 is exempt from the token, not from the checks of host and origin", async () => {
    const { hook, secret } = await on.hook();
    const evil = (headers: Record<string, string>) => on.deliver(hook.id, post("x"), { secret, headers });
    expect((await evil({ host: "evil.example" })).status).toBe(421);
    expect((await evil({ origin: "https://evil.example" })).status).toBe(403);
    expect((await evil({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await evil({ "content-type": "text/plain" })).status).toBe(415);
  });

  it("tells every mistake of a signed body, and lets the same delivery come again mended", async () => {
    const { hook, secret } = await on.hook();
    const missing = await on.deliver(hook.id, { title: "not where it is looked for" }, { secret, id: "m" });
    expect([missing.status, missing.body.code]).toEqual([422, "INPUT_MISSING"]);
    expect((await on.deliver(hook.id, post("Mended"), { secret, id: "m" })).status).toBe(202);
    expect((await on.deliver(hook.id, "{", { secret })).status).toBe(400);
    expect((await on.deliver(hook.id, "[1]", { secret })).body.code).toBe("NOT_AN_OBJECT");
    expect((await on.deliver(hook.id, '{"a":1,"a":2}', { secret })).status).toBeGreaterThanOrEqual(400);
    expect((await on.deliver(hook.id, post("x".repeat(300_000)), { secret })).status).toBe(413);
    expect((await on.deliver(hook.id, post("x"), { secret, id: "a b" })).body.code).toBe("BAD_DELIVERY_ID");
  });

  it("is switched off and on, given another secret, and removed", async () => {
    const { hook, secret } = await on.hook();
    const deliver = async (with_ = secret) => (await on.deliver(hook.id, post("On"), { secret: with_ })).status;
    const set = (enabled: boolean) => on.call(`/api/hooks/${hook.id}/enabled`, withJson({ enabled }, "PUT"));
    expect((await set(false)).body.enabled).toBe(false);
    expect(await deliver()).toBe(409);
    await set(true);
    const turned = (await on.call(`/api/hooks/${hook.id}/rotate`, { method: "POST" })).body;
    expect([await deliver(), await deliver(turned.secret)]).toEqual([401, 202]);
    expect((await on.call(`/api/hooks/${hook.id}`, { method: "DELETE" })).status).toBe(204);
    expect(await deliver(turned.secret)).toBe(404);
    for (const path of ["enabled", "rotate"])
      expect(
        (
          await on.call(
            `/api/hooks/nobody/${path}`,
            path === "enabled" ? withJson({ enabled: true }, "PUT") : { method: "POST" },
          )
        ).status,
      ).toBe(404);
  });

  it("shows its secret once: no list, event or stored byte has it", async () => {
    const { hook, secret } = await on.hook();
    const taken = await on.deliver(hook.id, post("Canary"), { secret });
    await on.finished(taken.body.runId);
    const told = [
      (await on.call("/api/hooks")).text,
      (await on.call("/api/hooks?templateId=poster")).text,
      (await on.call(`/api/runs/${taken.body.runId}`)).text,
      JSON.stringify(await on.studio.hooks.list()),
    ].join();
    expect(told).toContain(hook.id);
    expect(told).not.toContain(secret);
    for (const file of everyFile(on.data)) expect(readFileSync(file).includes(secret), file).toBe(false);
  });

  it("is made only for a template and inputs that there are", async () => {
    const wish = (more: object) => on.call("/api/hooks", withJson({ templateId: "poster", ...more }));
    expect((await wish({ templateId: "nobody" })).body.code).toBe("UNKNOWN_TEMPLATE");
    expect((await wish({ mapping: { titel: "a" } })).body.code).toBe("UNKNOWN_INPUT");
    expect((await wish({ mapping: { title: "a..b" } })).status).toBe(422);
    for (const dayBudgetUsd of [-1, 1e308, "5"]) expect((await wish({ dayBudgetUsd })).status).toBe(422);
  });
});

describe("secrets by name", () => {
  it("go in sealed for one origin and never come out", async () => {
    const put = (name: string, body: object) => on.call(`/api/secrets/${name}`, withJson(body, "PUT"));
    const secret = "CANARY-secret-0123456789";
    const stored = await put("cms", { secret, origin: "https://cms.example.com/some/path" });
    expect([stored.status, stored.body]).toMatchObject([
      200,
      { name: "cms", origin: "https://cms.example.com", ready: true },
    ]);
    expect((await on.call("/api/secrets")).text).not.toContain("CANARY");
    for (const file of everyFile(on.data)) expect(readFileSync(file).includes("CANARY-secret"), file).toBe(false);
    expect((await put("CMS!", { secret, origin: "https://a.test" })).status).toBe(422);
    expect((await put("cms", { secret: "short", origin: "https://a.test" })).status).toBe(422);
    expect((await put("cms", { secret, origin: "https://user:pw@a.test" })).status).toBe(422);
    expect((await on.call("/api/secrets/cms", { method: "DELETE" })).status).toBe(204);
    expect((await on.call("/api/secrets/cms", { method: "DELETE" })).status).toBe(404);
  });
});
