import type { IncomingHttpHeaders } from "node:http";
import { brotliCompressSync, createGzip, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createGuardedFetch, type GuardedFetchOptions } from "#lib/adapters/guarded-fetch/guarded-fetch.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import { answering, type LocalServer, outcome, serveHttp, serveRaw } from "./local-server.ts";

const PICTURE = Buffer.from("not really a picture, but bytes are bytes");
/** Only here loopback stands for an intranet that a person has allowed. */
const from = (server: LocalServer, path = "/", more: GuardedFetchOptions = {}) =>
  outcome(`http://${server.host}${path}`, { allowHosts: [server.host], ...more });

describe("a picture that can be had", () => {
  test("comes as it was sent", async () => {
    const server = await serveHttp((_req, res) => res.end(PICTURE));
    expect(await from(server, "/a.png?size=2")).toEqual(PICTURE);
  });

  test.each([
    ["gzip", gzipSync(PICTURE)],
    ["br", brotliCompressSync(PICTURE)],
  ])("is decoded from %s", async (encoding, bytes) => {
    const server = await serveHttp((_req, res) => res.writeHead(200, { "content-encoding": encoding }).end(bytes));
    expect(await from(server)).toEqual(PICTURE);
  });

  test("is asked for without credentials or cookies, also after a redirect that sets one", async () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = await serveHttp((req, res) => {
      seen.push(req.headers);
      const again = { location: "/b", "set-cookie": "session=1; Path=/", "www-authenticate": "Basic" };
      if (req.url === "/a") res.writeHead(302, again).end();
      else res.end(PICTURE);
    });
    expect(await from(server, "/a")).toEqual(PICTURE);
    expect(await from(server, "/a")).toEqual(PICTURE);
    expect(seen).toHaveLength(4);
    for (const headers of seen) {
      expect(Object.keys(headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(authorization|cookie|referer|origin|proxy-.*)$/)]),
      );
      expect(headers.host).toBe(server.host);
    }
  });

  test("may be three redirects away, relative ones too", async () => {
    const server = await serveHttp((req, res) => {
      const step = Number(req.url?.slice(1));
      if (step === 0) res.end(PICTURE);
      else res.writeHead([301, 303, 307][step % 3] ?? 302, { location: `${step - 1}` }).end("moved");
    });
    expect(await from(server, "/3")).toEqual(PICTURE);
    expect(await from(server, "/4")).toBe("URL_FAILED");
  });

  test("leaves no connection behind", async () => {
    const server = await serveHttp((_req, res) => res.end(PICTURE));
    await from(server);
    await expect.poll(() => server.closed).toBe(server.connections);
  });
});

describe("redirects", () => {
  const away: [to: string, code: string][] = [
    ["SELF", "SSRF_BLOCKED"],
    ["http://127.0.0.1/", "SSRF_BLOCKED"],
    ["http://[::1]/", "SSRF_BLOCKED"],
    ["//127.0.0.1/", "SSRF_BLOCKED"],
    ["http://169.254.169.254/latest/meta-data/", "SSRF_BLOCKED"],
    ["http://2130706433/", "SSRF_BLOCKED"],
    ["http://inner.test/", "SSRF_BLOCKED"],
    ["http://user:pass@example.com/", "USERINFO_REFUSED"],
    ["http://example.com:6379/", "PORT_NOT_ALLOWED"],
    ["file:///etc/passwd", "URL_INVALID"],
    ["data:image/png;base64,AAAA", "URL_INVALID"],
  ];
  test.each(away)("SF-005 SF-010 a redirect to %s is checked like a first address: %s", async (to, code) => {
    const inside = await serveHttp((_req, res) => res.end("inside"));
    const location = to === "SELF" ? `http://${inside.host}/` : to;
    const server = await serveHttp((_req, res) => res.writeHead(302, { location }).end());
    expect(await from(server, "/", { resolve: answering(["10.0.0.1"]) })).toBe(code);
    expect(server.connections).toBe(1);
    expect(inside.connections).toBe(0);
  });

  test("a loop ends", async () => {
    let asked = 0;
    const server = await serveHttp((_req, res) => {
      asked += 1;
      res.writeHead(302, { location: "/" }).end();
    });
    expect(await from(server)).toBe("URL_FAILED");
    expect(asked).toBe(4);
  });
});

describe("answers that are too much", () => {
  test("SF-012 E_SIZE a 200 MB gzip bomb is cut at 25 MiB of decoded bytes, and memory stays", async () => {
    const gzip = createGzip();
    const packed: Buffer[] = [];
    gzip.on("data", (chunk) => packed.push(chunk));
    const zeros = Buffer.alloc(1024 * 1024);
    for (let i = 0; i < 200; i += 1) await new Promise<unknown>((done) => gzip.write(zeros, done));
    await new Promise<void>((done) => gzip.end(done).once("end", done));
    const bomb = Buffer.concat(packed);
    expect(bomb.length).toBeLessThan(LIMITS.uploadBytes / 100);
    const server = await serveHttp((_req, res) => res.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    const before = process.memoryUsage().rss;
    expect(await from(server)).toBe("URL_TOO_LARGE");
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  const limits = { maxBytes: 100_000 };
  test.each([
    ["br", "br", brotliCompressSync(Buffer.alloc(5_000_000))],
    ["gzip", "gzip", gzipSync(Buffer.alloc(100_001))],
    ["gzip in gzip", "gzip, gzip", gzipSync(gzipSync(Buffer.alloc(5_000_000)))],
  ])("SF-012 E_SIZE a %s bomb is counted after decoding", async (_name, encoding, bytes) => {
    expect(bytes.length).toBeLessThan(limits.maxBytes);
    const server = await serveHttp((_req, res) => res.writeHead(200, { "content-encoding": encoding }).end(bytes));
    expect(await from(server, "/", { limits })).toBe("URL_TOO_LARGE");
  });

  test("the limit itself still fits", async () => {
    const server = await serveHttp((_req, res) => res.end(Buffer.alloc(limits.maxBytes)));
    expect(await from(server, "/", { limits })).toHaveLength(limits.maxBytes);
  });

  test("SF-013 an endless body is cut, and the connection is closed", async () => {
    const server = await serveHttp((_req, res) => {
      const more = () => {
        while (!res.destroyed && res.write(Buffer.alloc(16_384)));
      };
      res.on("drain", more);
      more();
    });
    expect(await from(server, "/", { limits })).toBe("URL_TOO_LARGE");
    await expect.poll(() => server.closed).toBe(1);
  });

  test("a claimed length of 9 GB is refused before the body is read", async () => {
    const server = await serveRaw((write) => write("HTTP/1.1 200 OK\r\ncontent-length: 9000000000\r\n\r\nx"));
    expect(await from(server)).toBe("URL_TOO_LARGE");
  });
});

describe("answers that take too long", () => {
  const limits = { totalMs: 250 };
  const drip = (first: string, next: string) => (write: (bytes: string) => void) => {
    write(first);
    const timer = setInterval(() => write(next), 10);
    setTimeout(() => clearInterval(timer), 5_000).unref();
    timer.unref();
  };
  const slow: [name: string, speak: (write: (bytes: string) => void) => void][] = [
    ["a body that drips", drip("HTTP/1.1 200 OK\r\n\r\n", "x")],
    ["headers that drip", drip("HTTP/1.1 200 OK\r\nx-slow: ", "x")],
    ["one header after the other", drip("HTTP/1.1 200 OK\r\n", "x-slow: 1\r\n")],
    ["silence", () => {}],
    ["silence in the body", (write) => write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc")],
  ];
  test.each(slow)("SF-013 %s: the deadline ends it and closes the connection", async (_name, speak) => {
    const server = await serveRaw(speak);
    expect(await from(server, "/", { limits })).toBe("URL_TIMEOUT");
    await expect.poll(() => server.closed).toBe(1);
  });

  test("SF-013 the deadline covers all redirects together", async () => {
    let asked = 0;
    const server = await serveHttp((_req, res) => {
      asked += 1;
      setTimeout(() => res.writeHead(302, { location: "/" }).end(), 150).unref();
    });
    expect(await from(server, "/", { limits })).toBe("URL_TIMEOUT");
    expect(asked).toBeLessThan(4);
  });

  test("a resolver that never answers is not waited for", async () => {
    expect(await outcome("http://pictures.test/", { limits, resolve: () => new Promise(() => {}) })).toBe(
      "URL_TIMEOUT",
    );
  });

  test("a caller that gives up gets its own reason", async () => {
    const server = await serveRaw(() => {});
    const { fetchPicture } = createGuardedFetch({ allowHosts: [server.host] });
    const giveUp = new AbortController();
    const fetched = fetchPicture(`http://${server.host}/`, giveUp.signal);
    giveUp.abort(new Error("enough"));
    await expect(fetched).rejects.toThrow("enough");
    await expect(fetchPicture(`http://${server.host}/`, giveUp.signal)).rejects.toThrow("enough");
  });
});

describe("answers that are no picture", () => {
  test.each([404, 401, 500, 304])("%i is told, its body is not", async (status) => {
    const server = await serveHttp((_req, res) => res.writeHead(status).end(status === 304 ? undefined : "private"));
    const { fetchPicture } = createGuardedFetch({ allowHosts: [server.host] });
    const refusal = await fetchPicture(`http://${server.host}/a?key=secret`).catch((error) => error);
    expect(refusal).toMatchObject({ code: "URL_FAILED", message: expect.stringContaining(String(status)) });
    expect(refusal.message).not.toMatch(/private|secret/);
  });

  test.each([
    ["no HTTP at all", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["gzip that is none", "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\nplain"],
  ])("%s is a failure", async (_name, bytes) => {
    const server = await serveRaw((write) => write(bytes));
    expect(await from(server)).toBe("URL_FAILED");
  });

  test("a connection that is cut, or never made, is a failure", async () => {
    const server = await serveHttp((_req, res) => {
      res.writeHead(200, { "content-length": 10 }).write("abc");
      setImmediate(() => res.destroy());
    });
    expect(await from(server)).toBe("URL_FAILED");
    expect(await outcome("http://127.0.0.1:1/", { allowHosts: ["127.0.0.1:1"] })).toBe("URL_FAILED");
  });
});
