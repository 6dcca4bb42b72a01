import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withJson } from "./front-server.ts";
import { type Json, poster, startWaysIn } from "./ways-in-front.ts";

let on: Awaited<ReturnType<typeof startWaysIn>>;
beforeAll(async () => {
  on = await startWaysIn();
  await on.publish({
    id: "asks.first",
    name: "Asks first",
    inputs: [
      { key: "photo", type: "image" },
      { key: "count", type: "number", default: 2, min: 1, max: 9 },
      { key: "bold", type: "boolean" },
      { key: "tint", type: "color", default: "#112233" },
    ],
    nodes: [
      { id: "words", type: "prompt", config: { text: "a kite {{count}}" } },
      { id: "picture", type: "generate", config: { size: "1024x1024", quality: "low", partials: 0 } },
      { id: "look", type: "review", config: { question: "Good enough?" } },
    ],
    edges: [
      { id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" },
      { id: "f", source: "picture", sourceHandle: "image", target: "look", targetHandle: "image" },
    ],
  });
});
afterAll(() => on.front.close());

const HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };

/** One request as a client sends it; everything that came back, whether as one document or as a stream. */
async function ask(method: string, params: object = {}, headers: Record<string, string> = {}) {
  const answer = await on.front.fetch("/api/mcp", {
    method: "POST",
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify({ jsonrpc: "2.0", id: 7, method, params }),
  });
  const text = await answer.text();
  const stream = answer.headers.get("content-type")?.startsWith("text/event-stream");
  const messages: Json[] = stream
    ? text
        .split("\n")
        .filter((line) => line.startsWith("data: {"))
        .map((line) => JSON.parse(line.slice(6)))
    : [text === "" ? {} : JSON.parse(text)];
  return {
    status: answer.status,
    messages,
    last: messages.at(-1),
    notes: messages.filter(({ id }) => id === undefined),
  };
}
const initialize = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } };
const tool = (name: string, args: object = {}, more: object = {}) =>
  ask("tools/call", { name, arguments: args, ...more });

describe("tools for assistants over HTTP", () => {
  it("wants the token", async () => {
    const answer = await on.front.raw({
      method: "POST",
      path: "/api/mcp",
      headers: { host: `127.0.0.1:${on.front.port}`, "content-type": "application/json" },
      body: "{}",
    });
    expect(answer.status).toBe(401);
    expect((await on.call("/api/mcp")).status).toBe(405);
  });

  it("says hello and lists one tool per published template, typed from its inputs", async () => {
    expect((await ask("initialize", initialize)).last.result).toMatchObject({
      serverInfo: { name: "throughline" },
      capabilities: { tools: {} },
    });
    const { tools } = (await ask("tools/list")).last.result;
    expect(tools.map(({ name }: Json) => name)).toEqual(["asks-first", "poster", "get_run"]);
    expect(tools[1].inputSchema).toEqual({
      type: "object",
      properties: {
        title: { type: "string", title: "Title" },
        mood: { type: "string", enum: ["calm", "loud"], default: "calm" },
      },
      required: ["title"],
      additionalProperties: false,
    });
    expect(tools[0].inputSchema.properties).toMatchObject({
      count: { type: "number", minimum: 1, maximum: 9, default: 2 },
      bold: { type: "boolean" },
      photo: { type: "string", description: expect.stringContaining("data:") },
    });
  });

  it("runs a template, tells how far it is, and returns the picture with its ids", async () => {
    const { last, notes } = await tool("poster", { title: "A red kite" }, { _meta: { progressToken: "t" } });
    const { content, structuredContent, isError } = last.result;
    expect(isError).toBeUndefined();
    expect(structuredContent).toMatchObject({
      status: "succeeded",
      simulated: true,
      pictures: [{ width: 1024, height: 1024 }],
    });
    expect(content[0].text).toContain(structuredContent.runId);
    expect(content[0].text).toContain(structuredContent.pictures[0].asset);
    expect(content[1]).toMatchObject({ type: "image", mimeType: "image/webp" });
    const { width, height } = await sharp(Buffer.from(content[1].data, "base64")).metadata();
    expect(Math.max(width, height)).toBeLessThanOrEqual(1568);
    const steps = notes.filter(({ method }) => method === "notifications/progress").map(({ params }) => params);
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.every(({ progressToken }: Json) => progressToken === "t")).toBe(true);
    expect(steps.map(({ progress }: Json) => progress)).toEqual(
      steps.map(({ progress }: Json) => progress).toSorted((a: number, b: number) => a - b),
    );
    const later = await tool("get_run", { run_id: structuredContent.runId });
    expect(later.last.result.structuredContent).toEqual(structuredContent);
  });

  it("shrinks a large picture to 1,568 pixels", async () => {
    await on.publish(
      poster({
        id: "large",
        nodes: [...poster().nodes, { id: "big", type: "upscale", config: { scale: 2 } }],
        edges: [
          ...poster().edges,
          { id: "u", source: "picture", sourceHandle: "image", target: "big", targetHandle: "image" },
        ],
      }),
    );
    const { result } = (await tool("large", { title: "Large" })).last;
    expect(result.structuredContent.pictures).toMatchObject([{ width: 2048 }]);
    expect((await sharp(Buffer.from(result.content[1].data, "base64")).metadata()).width).toBe(1568);
  });

  it("says what is wrong with arguments, that a person is waited for, and that a budget is spent", async () => {
    const wrong = (await tool("poster", { mood: "furious" })).last.result;
    expect(wrong).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/Nothing was started.*title.*/) }],
    });
    expect((await tool("poster", { title: "x", photo: "y" })).last.result.isError).toBe(true);
    const waiting = (await tool("asks-first")).last.result;
    expect(waiting.structuredContent.status).toBe("waiting");
    expect(waiting.content[0].text).toContain("waits for a person");
    expect(waiting.content[0].text).toContain("/review");
    expect((await tool("get_run", { run_id: "run_nobody" })).last.result).toMatchObject({ isError: true });
    expect((await tool("nobody")).last.error).toMatchObject({ code: -32602 });
  });

  it("takes a picture as a data: address and stores it", async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#e4572e" } })
      .png()
      .toBuffer();
    const { result } = (await tool("asks-first", { photo: `data:image/png;base64,${png.toString("base64")}` })).last;
    const run = (await on.call(`/api/runs/${result.structuredContent.runId}`)).body;
    expect(run.inputs.photo.asset).toMatch(/^sha256:/);
    expect((await tool("asks-first", { photo: "data:text/html,<b>" })).last.result.isError).toBe(true);
    expect((await tool("asks-first", { photo: "data:image/png;base64,AAAA" })).last.result.isError).toBe(true);
  });

  it("a batch of requests, a wrong shape and a foreign page get no run", async () => {
    const before = (await on.call("/api/runs?limit=200")).body.runs.length;
    const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "poster", arguments: { title: "x" } } };
    const foreign = await on.call("/api/mcp", {
      ...withJson(call),
      headers: { "content-type": "application/json", origin: "https://evil.test" },
    });
    expect(foreign.status).toBe(403);
    expect((await on.call("/api/mcp", { ...withJson(call), headers: { "content-type": "text/plain" } })).status).toBe(
      415,
    );
    for (const bad of ["{", "[]", '{"jsonrpc":"1.0"}', '"x"'])
      expect((await on.call("/api/mcp", { ...withJson(bad), headers: HEADERS })).status, bad).toBe(400);
    expect((await on.call("/api/runs?limit=200")).body.runs.length).toBe(before);
  });
});
