import { describe, expect, test } from "vitest";
import { createGuardedPost, type GuardedPostOptions } from "#lib/adapters/guarded-fetch/guarded-post.ts";
import { answering, serveHttp } from "./local-server.ts";

const send = async (url: string, options: GuardedPostOptions = {}, signal?: AbortSignal) => {
  const message = { url, headers: { "throughline-delivery": "d" }, body: '{"a":1}' };
  return createGuardedPost(options)
    .post(message, signal)
    .catch((error: { code?: string; message: string }) => error.code ?? error.message);
};
// On loopback there is only one address to connect to, so here it plays the public one.
const isPublic = (address: string) => address === "127.0.0.1";

describe("a guarded POST", () => {
  test("sends the body and headers as they were signed, and reads nothing of the answer but its status", async () => {
    const seen: unknown[] = [];
    const server = await serveHttp((req, res) => {
      let body = "";
      req.on("data", (chunk) => (body += chunk));
      req.on("end", () => {
        seen.push([req.method, req.url, req.headers["throughline-delivery"], req.headers["content-type"], body]);
        res.writeHead(429, { "retry-after": "7", "set-cookie": "a=b" }).end("x".repeat(5_000_000));
      });
    });
    const options = { resolve: answering(["127.0.0.1"]), isPublic, ports: [server.port] };
    expect(await send(`http://cms.test:${server.port}/in?x=1`, options)).toEqual({ status: 429, retryAfterMs: 7000 });
    expect(seen).toEqual([["POST", "/in?x=1", "d", "application/json", '{"a":1}']]);
  });

  test("SF-007 a redirect is an answer: nothing follows it", async () => {
    let asked = 0;
    const server = await serveHttp((_req, res) => {
      asked += 1;
      res.writeHead(307, { location: "http://127.0.0.1:1/" }).end();
    });
    const options = { resolve: answering(["127.0.0.1"]), isPublic, ports: [server.port] };
    expect(await send(`http://cms.test:${server.port}/`, options)).toMatchObject({ status: 307 });
    expect(asked).toBe(1);
  });

  test.each([
    ["SF-001 loopback", "http://127.0.0.1/", "SSRF_BLOCKED"],
    ["SF-002 mapped loopback", "http://[::ffff:127.0.0.1]/", "SSRF_BLOCKED"],
    ["SF-003 a metadata service", "http://169.254.169.254/latest", "SSRF_BLOCKED"],
    ["SF-004 a private network", "https://10.0.0.1/", "SSRF_BLOCKED"],
    ["another port", "https://cms.test:8443/", "PORT_NOT_ALLOWED"],
    ["a password", "https://user:pass@cms.test/", "USERINFO_REFUSED"],
    ["another protocol", "file:///etc/passwd", "URL_INVALID"],
    ["nothing", "", "URL_INVALID"],
  ])("%s is refused before anything connects", async (_name, url, code) => {
    expect(await send(url, { resolve: answering(["93.184.216.34"]) })).toBe(code);
  });

  test("SF-006 a name with one inner address is refused and told without what was found", async () => {
    const server = await serveHttp((_req, res) => res.end());
    const post = createGuardedPost({ resolve: answering(["93.184.216.34", "127.0.0.1"]), ports: [server.port] });
    const refusal = await post
      .post({ url: `http://cms.test:${server.port}/`, headers: {}, body: "" })
      .catch((error: Error) => error);
    expect(refusal).toMatchObject({ code: "SSRF_BLOCKED" });
    expect(String(refusal)).toContain("WEBHOOK_ALLOW_HOSTS");
    expect(String(refusal)).not.toContain("127.0.0.1");
    expect(server.connections).toBe(0);
  });

  test("SF-020 a host of one's own network may be allowed, this server itself never", async () => {
    const server = await serveHttp((_req, res) => res.writeHead(204).end());
    const url = `http://127.0.0.1:${server.port}/api/hooks/abc`;
    expect(await send(url, { allowHosts: [server.host] })).toMatchObject({ status: 204 });
    expect(await send(url, { allowHosts: [server.host], ownHosts: [server.host] })).toBe("SSRF_BLOCKED");
    expect(server.connections).toBe(1);
  });

  test("a silent server ends in time, a broken one and an abort say what they are", async () => {
    const silent = await serveHttp(() => {});
    const options = { allowHosts: [silent.host], limits: { headersMs: 50, totalMs: 300 } };
    expect(await send(`http://${silent.host}/`, options)).toBe("URL_TIMEOUT");
    const broken = await serveHttp((req) => void req.socket.destroy());
    expect(await send(`http://${broken.host}/`, { allowHosts: [broken.host] })).toBe("URL_FAILED");
    const stop = new AbortController();
    const aborted = send(`http://${silent.host}/`, { allowHosts: [silent.host] }, stop.signal);
    stop.abort(new Error("stop it"));
    expect(await aborted).toBe("stop it");
  });
});
