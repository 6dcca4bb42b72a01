import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LinkMade } from "#lib/protocol/reviews.ts";
import { withJson } from "./front-server.ts";
import { strangersOf } from "./strangers.ts";
import { startReal, startWaiting } from "./waiting-run.ts";

let front: Awaited<ReturnType<typeof startReal>>;
let now = Date.now();
beforeAll(async () => {
  front = await startReal({ now: () => now });
});
afterAll(() => front.close());

const { asStranger, decide, linked } = strangersOf(() => front);

describe("the doors around a link", () => {
  it("CR-003 CR-004 CR-005 a page of another site cannot decide by a link it got hold of", async () => {
    const { token } = await linked();
    for (const headers of [
      { origin: "null" } as Record<string, string>,
      { origin: "https://evil.example" },
      { origin: `http://127.0.0.1.evil.example:${front.port}` },
      { origin: "http://localhost:9999" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ])
      expect((await decide(token, { decision: "approve" }, headers)).status).toBe(403);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
      expect((await decide(token, { decision: "approve" }, { "content-type": type })).status).toBe(415);
    expect((await asStranger(`/api/shared/${token}/answer`)).status).toBe(401);
    expect((await asStranger(`/api/shared/${token}`)).status).toBe(200);
  });

  it("CR-001 a link is good under the server's own names only", async () => {
    const { token } = await linked();
    for (const path of [`/r/${token}`, `/api/shared/${token}`])
      expect((await front.raw({ path, headers: { host: `evil.example:${front.port}` } })).status).toBe(421);
  });

  it("CR-008 its pictures are not embedded elsewhere", async () => {
    const { token, review } = await linked();
    const value = review.items[0]?.about[0];
    const path = `/api/shared/${token}/assets/${value && "asset" in value ? value.asset : ""}`;
    expect((await asStranger(path, { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(403);
    expect((await asStranger(path)).headers["cross-origin-resource-policy"]).toBe("same-origin");
  });

  it("NX-008 NX-010 its page and answers tell nobody where they came from, are kept nowhere and found by no search", async () => {
    const { token } = await linked();
    for (const path of [`/r/${token}`, `/api/shared/${token}`]) {
      const { headers } = await asStranger(path, { headers: { accept: "text/html" } });
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["x-robots-tag"]).toBe("noindex, nofollow");
      expect(headers["cache-control"]).toContain("no-store");
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(headers["content-security-policy"]).not.toContain("unsafe-eval");
    }
  });

  it("what draws the page hears neither the token nor anything else the visitor's browser says", async () => {
    const { token } = await linked();
    const before = front.pageRequests.length;
    await asStranger(`/r/${token}?x=1`, {
      headers: { accept: "text/html", rsc: "1", "next-router-state-tree": "x", "x-forwarded-host": "evil.example" },
    });
    expect(front.pageRequests.slice(before)).toEqual([
      { url: "/r", csp: expect.stringContaining("nonce-"), forwarded: [] },
    ]);
  });

  it("a stranger who guesses is slowed down, and holders of good links are not", async () => {
    const { token } = await linked();
    const seen = new Set<number>();
    for (let i = 0; i < 80; i += 1) seen.add((await asStranger(`/api/shared/guess-${i}`)).status);
    expect([...seen].sort()).toEqual([401, 429]);
    const slowed = await asStranger("/r/guess");
    expect([slowed.status, slowed.headers["retry-after"]]).toEqual([429, "1"]);
    expect((await asStranger(`/api/shared/${token}`)).status).toBe(200);
    now += 60_000;
    expect((await asStranger("/api/shared/guess")).status).toBe(401);
  });

  it("a body that is too large is refused before it is read", async () => {
    const { token } = await linked();
    const large = await decide(token, { decision: "revise", notes: "x".repeat(600 * 1024) });
    expect(large.status).toBe(413);
  });

  it("SE-002 its address is told once and kept nowhere: not in the data folder, not in what is logged", async () => {
    const { token } = await linked({ name: "Somebody to be found" });
    await asStranger(`/api/shared/${token}`);
    const files = readdirSync(front.folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const holding = (text: string) =>
      files
        .filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(text))
        .map(({ name }) => name);
    expect(holding("Somebody to be found").length).toBeGreaterThan(0);
    for (const part of token.split(".")) expect(holding(part)).toEqual([]);
    expect(front.errors).toEqual([]);
  });

  it("the address is the public one where the server was told it", async () => {
    const shared = await startReal({ publicUrl: new URL("https://studio.example.com") });
    const { runId } = await startWaiting(shared);
    const made = await shared.fetch(`/api/reviews/${runId}/look/links`, withJson({}));
    const { url } = (await made.json()) as LinkMade;
    expect(url.startsWith("https://studio.example.com/r/")).toBe(true);
    const page = await shared.raw({
      path: new URL(url).pathname,
      headers: { host: "studio.example.com", accept: "text/html" },
    });
    expect(String(page.headers["set-cookie"])).toMatch(/^__Host-throughline-guest-\d+=[^;]+; .*; Secure$/);
    await shared.close();
  });
});
