import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LinkMade, SharedReview } from "#lib/protocol/reviews.ts";
import { TOKEN, withJson } from "./front-server.ts";
import { strangersOf } from "./strangers.ts";
import { endOf, startReal, startWaiting, waitsAgain } from "./waiting-run.ts";

let front: Awaited<ReturnType<typeof startReal>>;
let now = Date.now();
beforeAll(async () => {
  front = await startReal({ now: () => now });
});
afterAll(() => front.close());

const HOUR = 3_600_000;
const { asStranger, decide, make, linked } = strangersOf(() => front);
/** What every bearer of a link that is no good gets, byte for byte. */
const CLOSED = { status: 401, code: "UNAUTHENTICATED" };
const expectClosed = async (token: string) => {
  for (const answer of [
    await asStranger(`/api/shared/${token}`),
    await asStranger(`/api/shared/${token}/assets/${"a".repeat(64)}`),
    await decide(token, { decision: "approve" }),
  ])
    expect(answer.json()).toMatchObject({ ...CLOSED, detail: expect.stringContaining("This link is not good") });
  const page = await asStranger(`/r/${token}`, { headers: { accept: "text/html" } });
  expect(page.status).toBe(404);
  expect(page.text).toContain("This link is not good");
  expect(page.headers["set-cookie"]).toBeUndefined();
};

describe("a link for a colleague", () => {
  it("is good for three days unless said otherwise, and thirty at most", async () => {
    const { runId, expiresAt, url } = await linked();
    expect(expiresAt - now).toBe(72 * HOUR);
    expect(url.startsWith(`${front.base}/r/`)).toBe(true);
    expect((await make(runId, "look@0", { expiresInH: 720 })).expiresAt - now).toBe(720 * HOUR);
    for (const wish of [{ expiresInH: 721 }, { expiresInH: 0 }, { expiresInH: -1 }, { name: "" }, { hours: 3 }])
      expect((await front.fetch(`/api/reviews/${runId}/look/links`, withJson(wish))).status).toBe(422);
  });

  it("shows the question and its pictures without a session, and nothing else of the run", async () => {
    const { token, review } = await linked({ name: "Anna" }, 2);
    const shown = await asStranger(`/api/shared/${token}`);
    expect(shown.status).toBe(200);
    const question = shown.json() as unknown as SharedReview;
    expect(question).toMatchObject({ question: "Good to go?", name: "Anna", simulated: true });
    expect(question.items.map(({ pictures }) => pictures.length)).toEqual([1, 1]);
    for (const item of question.items)
      expect(
        Object.keys(item.pictures[0] ?? {})
          .filter((key) => key !== "label")
          .sort(),
      ).toEqual(["asset", "height", "mediaType", "width"]);
    // The words of the prompt, the graph, ids of runs and of the provider, costs.
    const { runId } = review;
    for (const secret of [
      "harbour",
      "Harbour campaign",
      "Art direction",
      "asked",
      runId,
      "hero",
      "resp_",
      "cost",
      "made",
    ])
      expect([secret, shown.text.includes(secret)]).toEqual([secret, false]);
    const { asset = "" } = question.items[0]?.pictures[0] ?? {};
    const picture = await asStranger(`/api/shared/${token}/assets/${asset.slice(7)}`);
    expect([picture.status, picture.headers["content-type"]]).toEqual([200, "image/png"]);
    const small = await asStranger(`/api/shared/${token}/assets/${asset}?w=320`);
    expect([small.status, small.headers["content-type"]]).toEqual([200, "image/webp"]);
    expect((await asStranger(`/api/shared/${token}`, { method: "HEAD" })).status).toBe(200);
  });

  it("decides once; then it is as good as none, and the studio knows who it was", async () => {
    const { token, runId } = await linked({ name: "Anna" }, 2);
    const taken = await decide(token, { decision: "approve", picks: [1], notes: "The second." });
    expect([taken.status, taken.json()]).toEqual([200, { taken: true }]);
    await expectClosed(token);
    expect(await endOf(front, runId)).toMatchObject({ status: "succeeded" });
    const { decided } = (await (await front.fetch(`/api/reviews/${runId}/look`)).json()) as Record<string, unknown>;
    expect(decided).toMatchObject({ by: "Anna, by a link", answer: { notes: "The second." } });
  });

  it("two links and the studio at once make one decision", async () => {
    for (let round = 0; round < 4; round += 1) {
      const { token, runId } = await linked();
      const other = await make(runId);
      const answers = await Promise.all([
        decide(token, { decision: "approve" }),
        decide(other.token, { decision: "reject" }),
        decide(token, { decision: "reject" }),
        front.fetch(`/api/runs/${runId}/steps/look/answer`, withJson({ decision: "reject" })),
      ]);
      const taken = answers.filter(({ status }) => status === 200);
      expect(taken).toHaveLength(1);
      expect(answers.map(({ status }) => status).every((status) => [200, 401, 409].includes(status))).toBe(true);
      await expectClosed(other.token);
    }
  });

  it("a wrong answer names its field and leaves the link good", async () => {
    const { token } = await linked();
    const wrong = await decide(token, { decision: "maybe" });
    expect([wrong.status, wrong.json().code]).toEqual([422, "BAD_ANSWER"]);
    expect((await decide(token, { decision: "revise", notes: "Bluer." })).status).toBe(200);
  });

  it("a new asking in the next pass needs a new link", async () => {
    const { token, runId } = await linked();
    expect((await decide(token, { decision: "revise", notes: "Bluer." })).status).toBe(200);
    await waitsAgain(front, runId, "look@1");
    await expectClosed(token);
    const next = await make(runId, "look@1");
    expect((await asStranger(`/api/shared/${next.token}`)).status).toBe(200);
  });

  it("survives a restart of the server", async () => {
    const first = await startReal();
    const { runId } = await startWaiting(first);
    const made = await first.fetch(`/api/reviews/${runId}/look/links`, withJson({}));
    const token = new URL(((await made.json()) as LinkMade).url).pathname.split("/")[2];
    await first.close();
    const second = await startReal({ folder: first.folder });
    const answer = await second.raw({
      method: "POST",
      path: `/api/shared/${token}/answer`,
      headers: { host: `127.0.0.1:${second.port}`, "content-type": "application/json" },
      body: JSON.stringify({ decision: "approve" }),
    });
    expect(answer.status).toBe(200);
    expect(await endOf(second, runId)).toMatchObject({ status: "succeeded" });
    await second.close();
  });
});

describe("a link that is no good", () => {
  it("AU-002 is closed to everybody alike: guessed, changed, cut, doubled, another server's, the studio's own token", async () => {
    const { token } = await linked();
    const [text = "", mac = ""] = token.split(".");
    const claim = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown[];
    const longer = Buffer.from(JSON.stringify([claim[0], claim[1], Number(claim[2]) + 9e9, claim[3]])).toString(
      "base64url",
    );
    const other = await startReal({ folder: front.folder, vars: { APP_SECRET_KEY: "another-secret-of-16" } });
    const foreign = await other.fetch(`/api/reviews/${claim[0]}/${claim[1]}/links`, withJson({}));
    const theirs = new URL(((await foreign.json()) as LinkMade).url).pathname.split("/")[2] ?? "";
    await other.close();
    const answers = new Set<string>();
    for (const bad of [
      "x",
      TOKEN,
      text,
      `${text}.`,
      `.${mac}`,
      `${text}.${mac.slice(0, -1)}`,
      `${text}.${mac}A`,
      `${text}.${mac}=`,
      `${longer}.${mac}`,
      `${token}.${mac}`,
      mac,
      theirs,
      "a".repeat(5000),
      "%00",
      "..%2f..%2fapi",
      "__proto__",
    ]) {
      const answer = await asStranger(`/api/shared/${bad}`);
      expect([bad.slice(0, 40), answer.status]).toEqual([bad.slice(0, 40), 401]);
      answers.add(answer.text);
      expect((await asStranger(`/r/${bad}`)).status).toBe(404);
    }
    expect(answers.size).toBe(1);
    expect((await asStranger(`/api/shared/${token}`)).status).toBe(200);
  });

  it("AU-008 a link opens no other run, and a hash nobody showed is no key", async () => {
    const one = await linked();
    const two = await linked();
    const mine = one.review.items[0]?.about[0];
    const yours = two.review.items[0]?.about[0];
    const hex = (value: typeof mine) => (value && "asset" in value ? String(value.asset).slice(7) : "");
    expect((await asStranger(`/api/shared/${one.token}/assets/${hex(mine)}`)).status).toBe(200);
    for (const hash of [hex(yours), "0".repeat(64), "x", ".."])
      expect((await asStranger(`/api/shared/${one.token}/assets/${hash}`)).status).not.toBe(200);
    const foreign = await asStranger(`/api/shared/${one.token}/assets/${hex(yours)}`);
    const unknown = await asStranger(`/api/shared/${one.token}/assets/${"0".repeat(64)}`);
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text]);
  });

  it("AU-012 an answer by a link brings no picture into the run that the question did not show", async () => {
    const one = await linked();
    const two = await linked();
    const yours = two.review.items[0]?.about[0];
    const markup = yours && "asset" in yours ? yours.asset : "";
    const smuggled = await decide(one.token, { decision: "revise", notes: "x", markup });
    expect([smuggled.status, smuggled.json().code]).toEqual([422, "FOREIGN_PICTURE"]);
    expect((await asStranger(`/api/shared/${one.token}`)).status).toBe(200);
  });

  it("AU-002 opens nothing else: no API, no page, no list, no other method", async () => {
    const { token, runId } = await linked();
    const cookie = String(
      (await asStranger(`/r/${token}`, { headers: { accept: "text/html" } })).headers["set-cookie"],
    );
    expect(cookie).toMatch(/^throughline-guest-\d+=[^;]+; Path=\/; Max-Age=86400; HttpOnly; SameSite=Strict$/);
    const headers = { cookie: cookie.split(";")[0] ?? "", accept: "text/html" };
    for (const path of [
      "/",
      "/runs",
      `/runs/${runId}`,
      "/review",
      "/r",
      `/r/${token}/more`,
      "/graph.schema.json",
      "/graphs/demo.json",
      "/_next/image?url=x",
      "/_next/static/../../api/runs",
      "/_next/static/%2e%2e/x",
      "/_next/static/%252e%252e/x",
      "/_next/static/a%5c..%5cx",
      "/_next/static/%00",
      "/_next/static/%",
      "/_next/data/x.json",
      "/api/runs",
      "/api/reviews",
      `/api/reviews/${runId}/look`,
      `/api/runs/${runId}`,
      `/api/runs?token=${token}`,
      `/api/shared`,
    ])
      expect([path, (await asStranger(path, { headers })).status]).toEqual([path, 401]);
    for (const authorization of [`Bearer ${token}`, `Bearer ${headers.cookie.split("=")[1]}`])
      expect((await asStranger("/api/runs", { headers: { authorization } })).status).toBe(401);
    // The files the page is made of, and only with the cookie of a browser that opened a good link.
    for (const path of [
      "/_next/static/chunks/a1b2.js",
      "/_next/static/chunks/app_%5Bid%5D_%40x.js",
      "/_next/static/media/x.woff2",
      "/icon.svg",
    ]) {
      expect([path, (await asStranger(path, { headers })).status]).toEqual([path, 200]);
      expect([path, (await asStranger(path)).status]).toEqual([path, 401]);
      const forged = { cookie: `${headers.cookie.split("=")[0]}=guest-9999999999999.${"a".repeat(43)}` };
      expect([path, (await asStranger(path, { headers: forged })).status]).toEqual([path, 401]);
    }
    for (const method of ["PUT", "DELETE", "PATCH", "POST"])
      expect([method, (await asStranger(`/api/shared/${token}`, { method })).status >= 400]).toEqual([method, true]);
    expect((await asStranger(`/r/${token}`, { method: "POST" })).status).toBe(405);
  });

  it("is over when its time is up", async () => {
    const { token } = await linked({ expiresInH: 1 });
    now += HOUR - 1000;
    expect((await asStranger(`/api/shared/${token}`)).status).toBe(200);
    now += 1000;
    await expectClosed(token);
  });

  it("is over when somebody else decides, and when the run is cancelled, even if it is resumed and asks again", async () => {
    const decided = await linked();
    await front.fetch(`/api/runs/${decided.runId}/steps/look/answer`, withJson({ decision: "approve" }));
    await expectClosed(decided.token);

    const cancelled = await linked();
    await front.fetch(`/api/runs/${cancelled.runId}/cancel`, { method: "POST" });
    await expectClosed(cancelled.token);
    await front.fetch(`/api/runs/${cancelled.runId}/resume`, { method: "POST" });
    await waitsAgain(front, cancelled.runId, "look@0");
    await expectClosed(cancelled.token);
    const late = await front.fetch(`/api/reviews/${decided.runId}/look/links`, withJson({}));
    expect(late.status).toBe(409);
  });

  it("is over when it is withdrawn; the others stay", async () => {
    const { token, id, runId } = await linked({ name: "Anna" });
    now += 1;
    const kept = await make(runId, "look@0", { name: "Ben" });
    const listed = async () =>
      (await (await front.fetch(`/api/reviews/${runId}/look/links`)).json()) as { links: { name: string }[] };
    expect((await listed()).links.map(({ name }) => name)).toEqual(["Anna", "Ben"]);
    expect(JSON.stringify(await listed())).not.toContain(token.slice(0, 20));
    const withdraw = () => front.fetch(`/api/reviews/${runId}/look/links/${id}`, { method: "DELETE" });
    expect((await withdraw()).status).toBe(204);
    expect((await withdraw()).status).toBe(404);
    await expectClosed(token);
    expect((await listed()).links.map(({ name }) => name)).toEqual(["Ben"]);
    expect((await asStranger(`/api/shared/${kept.token}`)).status).toBe(200);
  });
});
