import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FrontServer, startFront, TOKEN, withJson } from "./front-server.ts";

let front: FrontServer;
let now = 1_800_000_000_000;
beforeAll(async () => {
  front = await startFront({ now: () => now });
});
afterAll(() => front.close());

const host = () => `127.0.0.1:${front.port}`;
const openLink = (token: string, headers: Record<string, string> = {}) =>
  front.raw({ path: `/?token=${token}`, headers: { host: host(), accept: "text/html", ...headers } });
const signIn = async (): Promise<string> => String((await openLink(TOKEN)).headers["set-cookie"]).split(";")[0] ?? "";
const withCookie = (cookie: string, path = "/api/runs") => front.raw({ path, headers: { host: host(), cookie } });

describe("who may come in", () => {
  it("AU-002 every route of the table but health and a signed hook wants credentials", async () => {
    const open: string[] = [];
    for (const route of front.routes) {
      const path = route.path.replace(/:[A-Za-z]+/g, "x");
      const answer = await front.raw({
        method: route.method,
        path,
        headers: { host: host(), "content-type": "application/json" },
      });
      if (answer.status !== 401) open.push(`${route.method} ${route.path}`);
      else expect(answer.json().code).toBe("UNAUTHENTICATED");
    }
    // A hook asks for its own signature instead: WH-001 in hooks.test.ts.
    expect(open).toEqual(["POST /api/hooks/:id", "GET /api/health"]);
  });

  it("AU-002 unknown addresses, pages and static files want credentials too", async () => {
    const before = front.pageRequests.length;
    for (const path of [
      "/",
      "/runs/x",
      "/_next/static/chunks/a.js",
      "/graph.schema.json",
      "/api/nowhere",
      "/%61pi/runs",
    ]) {
      const { status } = await front.raw({ path, headers: { host: host() } });
      expect([path, status]).toEqual([path, 401]);
    }
    expect(front.pageRequests.length).toBe(before);
  });

  it("AU-007 takes nobody's identity from a body", async () => {
    const answer = await front.raw({
      method: "POST",
      path: "/api/runs",
      headers: { host: host(), "content-type": "application/json" },
      body: JSON.stringify({ userId: "admin", graph: {} }),
    });
    expect(answer.status).toBe(401);
  });

  it("SE-001 gives no events and no oracle to strangers", async () => {
    const { runId } = (await (await front.fetch("/api/runs", withJson({ graph: {} }))).json()) as { runId: string };
    const known = await front.raw({ path: `/api/runs/${runId}/events`, headers: { host: host() } });
    const unknown = await front.raw({ path: "/api/runs/none/events", headers: { host: host() } });
    expect([known.status, unknown.status]).toEqual([401, 401]);
    expect(known.text).toBe(unknown.text);
  });

  it("SE-002 takes no token from the address of the API", async () => {
    expect((await front.raw({ path: `/api/runs?token=${TOKEN}`, headers: { host: host() } })).status).toBe(401);
    expect((await front.raw({ path: `/runs?token=${TOKEN}`, headers: { host: host() } })).status).toBe(401);
  });

  it("a wrong token is as good as none", async () => {
    for (const authorization of [
      "Bearer wrong",
      `Bearer ${TOKEN}x`,
      `Basic ${TOKEN}`,
      "Bearer",
      `Bearer ${TOKEN.toUpperCase()}`,
    ])
      expect((await front.raw({ path: "/api/runs", headers: { host: host(), authorization } })).status).toBe(401);
  });
});

describe("the launch link", () => {
  it("AU-009 sets a session for the printed token only, and leaves the token behind", async () => {
    const good = await openLink(TOKEN);
    expect([good.status, good.headers.location]).toEqual([303, "/"]);
    const bad = await openLink("guess");
    expect(bad.status).toBe(401);
    expect(bad.headers["set-cookie"]).toBeUndefined();
    expect(bad.text).toContain("no longer good");
    expect(bad.text).not.toContain("guess");
  });

  it("AU-005 the cookie is HttpOnly, strict, for the whole site, and new at every sign-in", async () => {
    const cookie = String((await openLink(TOKEN)).headers["set-cookie"]);
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(part);
    expect(cookie).not.toContain("Secure");
    const first = await signIn();
    const second = String((await openLink(TOKEN, { cookie: first })).headers["set-cookie"]).split(";")[0] ?? "";
    expect(second).not.toBe(first);
    expect((await withCookie(first)).status).toBe(401);
    expect((await withCookie(second)).status).toBe(200);
  });

  it("AU-005 over https the cookie is Secure and carries the __Host- prefix", async () => {
    const tls = await startFront({ publicUrl: new URL("https://studio.example.com") });
    const answer = await tls.raw({ path: `/?token=${TOKEN}`, headers: { host: "studio.example.com" } });
    expect(String(answer.headers["set-cookie"])).toMatch(
      /^__Host-throughline-\d+=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Secure/,
    );
    await tls.close();
  });

  it("AU-005 signing out ends the session on the server", async () => {
    const cookie = await signIn();
    const out = await front.raw({
      method: "DELETE",
      path: "/api/session",
      headers: { host: host(), cookie, origin: front.base },
    });
    expect(out.status).toBe(204);
    expect(String(out.headers["set-cookie"])).toContain("Max-Age=0");
    expect((await withCookie(cookie)).status).toBe(401);
  });

  it("a session is over after 12 idle hours, and after 7 days however busy", async () => {
    const idle = await signIn();
    now += 13 * 3_600_000;
    expect((await withCookie(idle)).status).toBe(401);
    const busy = await signIn();
    for (let hour = 0; hour < 7 * 24; hour += 6) {
      expect([hour, (await withCookie(busy)).status]).toEqual([hour, 200]);
      now += 6 * 3_600_000;
    }
    expect((await withCookie(busy)).status).toBe(401);
  });

  it("a session without any browser header may read but not change", async () => {
    const cookie = await signIn();
    const headers = { host: host(), cookie, "content-type": "application/json" };
    const body = JSON.stringify({ graph: {} });
    expect((await front.raw({ method: "POST", path: "/api/runs", headers, body })).status).toBe(403);
    expect(
      (await front.raw({ method: "POST", path: "/api/runs", headers: { ...headers, origin: front.base }, body }))
        .status,
    ).toBe(202);
    expect((await withCookie(cookie)).status).toBe(200);
  });

  it("a browser without a session is told to open the link; a program gets a problem document", async () => {
    const page = await front.raw({ path: "/runs/x", headers: { host: host(), accept: "text/html" } });
    expect([page.status, page.headers["content-type"]]).toEqual([401, "text/html; charset=utf-8"]);
    expect(page.text).toContain("npm start");
    expect(page.text).not.toContain("http-equiv");
    const program = await front.raw({ path: "/runs/x", headers: { host: host() } });
    expect(program.json()).toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  });

  it("a visit from another site, which carries no strict cookie, is repeated from our own side without running its text", async () => {
    const page = await front.raw({
      path: '/runs/x?a="><script>1</script>',
      headers: { host: host(), accept: "text/html", "sec-fetch-site": "cross-site" },
    });
    expect(page.text).toContain('http-equiv="refresh"');
    expect(page.text).not.toContain("<script>1");
  });
});
