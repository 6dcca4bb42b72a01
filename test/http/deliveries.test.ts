import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isSigned } from "#lib/runtime/hooks/signature.ts";
import { withJson } from "./front-server.ts";
import { type Json, poster, startWaysIn } from "./ways-in-front.ts";

const SECRET = "a-secret-both-sides-know-0123";
type Got = { headers: IncomingMessage["headers"]; body: Buffer };

const got: Got[] = [];
const answers: number[] = [];
const receiver = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on("data", (chunk) => chunks.push(chunk));
  req.on("end", () => {
    got.push({ headers: req.headers, body: Buffer.concat(chunks) });
    res.writeHead(answers.shift() ?? 200).end();
  });
});
let on: Awaited<ReturnType<typeof startWaysIn>>;
let there: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  there = `http://${host}`;
  on = await startWaysIn({ WEBHOOK_ALLOW_HOSTS: host, PUBLIC_URL: "https://studio.example.com" });
  await on.call("/api/secrets/cms", withJson({ secret: SECRET, origin: there }, "PUT"));
  const base = poster();
  await on.publish({
    ...base,
    id: "told",
    nodes: [
      ...base.nodes,
      { id: "tell", type: "webhook", config: { url: `${there}/in`, secret: "cms", include: "assets" } },
    ],
    edges: [...base.edges, { id: "f", source: "picture", sourceHandle: "image", target: "tell", targetHandle: "data" }],
  });
});
afterAll(async () => {
  await on.front.close();
  receiver.close();
});

const run = async (graph: object): Promise<Json> => {
  const { runId } = (await on.call("/api/runs", withJson({ graph, inputs: { title: "Harbour" } }))).body;
  return on.finished(runId);
};

describe("a post that becomes a picture and comes back", () => {
  it("in by a hook, drawn, out by a signed message with a link that opens the picture and nothing else", async () => {
    const { hook, secret } = await on.hook({ templateId: "told" });
    const taken = await on.deliver(hook.id, { post: { title: "The harbour at dawn" } }, { secret, id: "post-7" });
    expect((await on.finished(taken.body.runId)).status).toBe("succeeded");
    const message = got.at(-1);
    const { "throughline-timestamp": timestamp, "throughline-signature": signature } = message?.headers ?? {};
    const signed = {
      timestamp: String(timestamp),
      signature: String(signature),
      body: message?.body ?? Buffer.alloc(0),
    };
    expect(isSigned(signed, SECRET, Date.now())).toBe(true);
    expect(message?.headers["throughline-depth"]).toBe("1");
    expect(message?.headers["throughline-delivery"]).toMatch(/^dlv_/);
    const body = JSON.parse(String(message?.body));
    expect(body).toMatchObject({
      type: "results",
      run: { id: taken.body.runId, url: `https://studio.example.com/runs/${taken.body.runId}` },
      template: { id: "told", revision: 1 },
      simulated: true,
      results: [{ kind: "image", width: 1024, height: 1024 }],
    });
    const [{ url, asset }] = body.results;
    expect(new URL(url).origin).toBe("https://studio.example.com");
    const { pathname } = new URL(url);
    const asStranger = (path: string) => on.front.raw({ path, headers: { host: `127.0.0.1:${on.front.port}` } });
    const picture = await asStranger(pathname);
    expect([picture.status, picture.headers["content-type"]]).toEqual([200, "image/png"]);
    const token = pathname.split("/").at(-1) ?? "";
    const [until = "", hex = "", mac = ""] = token.split(".");
    for (const bad of [
      `${until}.${hex.replace(/^./, (c) => (c === "0" ? "1" : "0"))}.${mac}`,
      `${until}0.${hex}.${mac}`,
      `${until}.${hex}.${mac.slice(0, -1)}`,
      `${until}.${hex}.`,
      asset,
      "x".repeat(500),
    ])
      expect((await asStranger(`/api/files/${bad}`)).status, bad).toBe(401);
    expect((await asStranger(`/api/assets/${asset}`)).status).toBe(401);
  });

  it("a run that is run again from the cache is another delivery; the steps before it cost nothing", async () => {
    const graph = (await on.call("/api/graphs/told")).body;
    const before = got.length;
    const [first, second] = [await run(graph), await run(graph)];
    expect([first.status, second.status, second.paidCalls]).toEqual(["succeeded", "succeeded", 0]);
    expect(new Set(got.slice(before).map(({ headers }) => headers["throughline-delivery"])).size).toBe(2);
  });

  it("tries again under the same id, and fails the step with words where it is refused", async () => {
    const graph = (await on.call("/api/graphs/told")).body;
    const before = got.length;
    answers.push(503);
    expect((await run(graph)).status).toBe("succeeded");
    expect(new Set(got.slice(before).map(({ headers }) => headers["throughline-delivery"])).size).toBe(1);
    answers.push(410);
    const refused = await run(graph);
    expect(refused).toMatchObject({ status: "failed" });
    expect(JSON.stringify(refused.steps)).toContain("answered 410 instead of taking the results");
  });

  it("SF-020 this server itself is not called, though a hook of its own would be there", async () => {
    const graph = (await on.call("/api/graphs/told")).body;
    const nodes = (url: string) =>
      graph.nodes.map((node: Json) => (node.id === "tell" ? { ...node, config: { ...node.config, url } } : node));
    await on.call("/api/secrets/self", withJson({ secret: SECRET, origin: "https://studio.example.com" }, "PUT"));
    const self = await run({
      ...graph,
      nodes: nodes("https://studio.example.com/api/hooks/x").map((node: Json) => ({
        ...node,
        config: node.id === "tell" ? { ...node.config, secret: "self" } : node.config,
      })),
    });
    expect(JSON.stringify(self.steps)).toContain("SSRF_BLOCKED");
    const elsewhere = await run({ ...graph, nodes: nodes("http://169.254.169.254/latest") });
    expect(JSON.stringify(elsewhere.steps)).toContain("SECRET_NOT_FOR_HOST");
  });

  it("an estimate of such a graph sends nothing", async () => {
    const before = got.length;
    const { body } = await on.call("/api/templates/told/estimate", withJson({ inputs: { title: "Quiet" } }));
    expect(body).toMatchObject({ calls: 1 });
    expect(got).toHaveLength(before);
  });
});
