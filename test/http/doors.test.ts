import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FrontServer, startFront, TOKEN, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  front = await startFront({ publicUrl: new URL("https://studio.example.com") });
});
afterAll(() => front.close());

const bearer = { authorization: `Bearer ${TOKEN}` };
const run = JSON.stringify({ graph: { nodes: [] } });
const jsonType = { "content-type": "application/json" };

describe("the Host check", () => {
  const paths = [
    "/",
    "/runs/x",
    "/_next/static/a.js",
    "/icon.svg",
    "/api/health",
    "/api/runs",
    "/api/runs/x/events",
    "/nowhere",
  ];

  it.each(paths)("CR-001 answers a foreign name with 421 at %s, whatever the method", async (path) => {
    for (const method of ["GET", "POST", "HEAD", "OPTIONS", "PUT"]) {
      const { status } = await front.raw({ method, path, headers: { host: `evil.example:${front.port}`, ...bearer } });
      expect(`${method} ${status}`).toBe(`${method} 421`);
    }
  });

  it("CR-011 knows its own names on its own port and nothing else", async () => {
    const status = async (host: string) => (await front.raw({ path: "/api/health", headers: { host } })).status;
    const { port } = front;
    for (const host of [
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      `LOCALHOST:${port}`,
      "studio.example.com",
      "studio.example.com:443",
    ])
      expect([host, await status(host)]).toEqual([host, 200]);
    for (const host of [
      "localhost",
      "127.0.0.1",
      `localhost.:${port}`,
      `127.0.0.1:${port + 1}`,
      `0.0.0.0:${port}`,
      `127.0.0.1.evil.example:${port}`,
      "studio.example.com:80",
      `evil@localhost:${port}`,
      "",
    ])
      expect([host, await status(host)]).toEqual([host, 421]);
  });

  it("CR-011 takes the name of an absolute request target, which must be the Host header's", async () => {
    const ask = (target: string, host: string) =>
      front.wire(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const mine = `127.0.0.1:${front.port}`;
    expect(await ask(`http://${mine}/api/health`, mine)).toMatch(/^HTTP\/1.1 200/);
    expect(await ask(`http://evil.example/api/health`, mine)).toMatch(/^HTTP\/1.1 421/);
    expect(await ask(`http://${mine}/api/health`, "evil.example")).toMatch(/^HTTP\/1.1 421/);
  });

  it("refuses a request with two Host headers", async () => {
    const mine = `127.0.0.1:${front.port}`;
    const answer = await front.wire(
      `GET /api/health HTTP/1.1\r\nHost: ${mine}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 4(00|21)/);
  });

  it("CR-007 decides nothing from forwarded headers and passes none on", async () => {
    const forwarded = {
      "x-forwarded-host": `127.0.0.1:${front.port}`,
      "x-forwarded-proto": "https",
      "x-real-ip": "127.0.0.1",
      "x-middleware-subrequest": "a",
    };
    const foreign = await front.raw({ path: "/api/health", headers: { host: "evil.example", ...forwarded } });
    expect(foreign.status).toBe(421);
    await front.raw({ path: "/seen", headers: { host: `127.0.0.1:${front.port}`, ...forwarded, ...bearer } });
    expect(front.pageRequests.at(-1)).toMatchObject({ url: "/seen", forwarded: [] });
  });
});

describe("requests of other sites", () => {
  const post = (headers: Record<string, string>) =>
    front.raw({
      method: "POST",
      path: "/api/runs",
      headers: { host: `127.0.0.1:${front.port}`, ...bearer, ...jsonType, ...headers },
      body: run,
    });

  it("CR-003 refuses Origin: null", async () => {
    expect((await post({ origin: "null" })).status).toBe(403);
  });

  it("CR-004 refuses every origin but its own, compared whole", async () => {
    const { port } = front;
    for (const origin of [
      "http://localhost:9999",
      `http://127.0.0.1.evil.example:${port}`,
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
      "http://127.0.0.1",
      "https://studio.example.com",
    ])
      expect([origin, (await post({ origin })).status]).toEqual([origin, 403]);
    expect((await post({ origin: `http://127.0.0.1:${port}` })).status).toBe(202);
  });

  it("CR-005 refuses cross-site and same-site requests without an Origin", async () => {
    for (const site of ["cross-site", "same-site"]) {
      const answer = await post({ "sec-fetch-site": site });
      expect([site, answer.status, answer.json().code]).toEqual([site, 403, "FOREIGN_ORIGIN"]);
    }
    expect((await post({ "sec-fetch-site": "same-origin" })).status).toBe(202);
  });

  it("a foreign origin is refused before anybody is asked who they are", async () => {
    const answer = await front.raw({
      method: "POST",
      path: "/api/runs",
      headers: { host: `127.0.0.1:${front.port}`, origin: "https://evil.example", ...jsonType },
      body: run,
    });
    expect(answer.status).toBe(403);
  });

  it("CR-008 gives no picture to a page of another site", async () => {
    const answer = await front.raw({
      path: `/api/assets/${"a".repeat(64)}`,
      headers: {
        host: `127.0.0.1:${front.port}`,
        ...bearer,
        "sec-fetch-site": "cross-site",
        "sec-fetch-dest": "image",
      },
    });
    expect(answer.status).toBe(403);
    expect(answer.headers["cross-origin-resource-policy"]).toBe("same-origin");
  });

  it("programs with the token and without browser headers pass", async () => {
    expect((await front.fetch("/api/runs", withJson({ graph: { nodes: [] } }))).status).toBe(202);
  });
});

describe("methods and protocols", () => {
  it.each(["/api/runs/x/cancel", "/api/runs/x/resume", "/api/runs/estimate"])(
    "CR-006 changes nothing by GET: %s",
    async (path) => {
      const answer = await front.fetch(path);
      expect(answer.status).toBe(405);
      expect(answer.headers.get("allow")).toBe("POST");
    },
  );

  it("WH-006 answers methods that a route does not have with 405 and Allow", async () => {
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const answer = await front.fetch("/api/runs", { method });
      expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, "POST, GET"]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
    for (const path of ["/", "/api/runs"])
      expect(
        (await front.raw({ method: "TRACE", path, headers: { host: `127.0.0.1:${front.port}`, ...bearer } })).status,
      ).toBe(405);
  });

  it("pages take no POST, so no server action can be reached", async () => {
    const answer = await front.fetch("/", {
      method: "POST",
      headers: { "next-action": "x", "content-type": "text/plain" },
      body: "[]",
    });
    expect(answer.status).toBe(405);
  });

  it.each(["/", "/api/runs/x/events", "/_next/webpack-hmr", "http://169.254.169.254/"])(
    "AU-011 refuses to upgrade %s",
    async (target) => {
      const answer = await front.wire(
        `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${front.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1.1 426/);
    },
  );

  it("answers what is no request, or has endless headers, with a problem document", async () => {
    for (const [text, status] of [
      ["not http at all\r\n\r\n", 400],
      [`GET / HTTP/1.1\r\nHost: 127.0.0.1:${front.port}\r\nX: ${"x".repeat(70_000)}\r\n\r\n`, 431],
    ] as const) {
      const answer = await front.wire(text);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({ status });
    }
  });

  it("sends the hardening headers with every answer", async () => {
    for (const path of ["/", "/api/health", "/api/nowhere"]) {
      const { headers } = await front.fetch(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("x-powered-by")).toBeNull();
    }
  });

  it("gives every page its own nonce and tells the page renderer", async () => {
    const [one, two] = [await front.fetch("/a"), await front.fetch("/b")];
    const nonce = (answer: Response) =>
      /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];
    expect(nonce(one)).toBeTruthy();
    expect(nonce(one)).not.toBe(nonce(two));
    expect(front.pageRequests.at(-1)?.csp).toContain(`'nonce-${nonce(two)}'`);
  });
});
