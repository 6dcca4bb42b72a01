import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, test } from "vitest";
import { PublishBody } from "#lib/protocol/templates.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { CLI, cli, newPlace, pictureGraph } from "./spawn-cli.ts";

// biome-ignore lint/suspicious/noExplicitAny: whatever the program says; the assertions are the types
type Message = any;

const place = newPlace();
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: place.data }));
  const graph = pictureGraph("a {{what}}", { inputs: [{ key: "what", title: "What", type: "text", required: true }] });
  await studio.saveGraph("one", graph, undefined);
  await studio.templates.publish("one", PublishBody.parse({ description: "Draws one thing." }));
  await studio.stop();
});

/** The program as a client starts it: requests go in by lines, every line that comes out must be a message. */
function startMcp() {
  const child = spawn(process.execPath, [CLI, "mcp"], { cwd: place.cwd, env: place.env, stdio: "pipe" });
  const messages: Message[] = [];
  const waiting = new Map<number, (message: Message) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const message = JSON.parse(line);
    messages.push(message);
    waiting.get(message.id)?.(message);
  });
  let said = "";
  child.stderr.on("data", (chunk) => (said += chunk));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  let id = 0;
  return {
    messages,
    said: () => said,
    ended,
    end: () => child.stdin.end(),
    tell: (method: string, params: object = {}) =>
      void child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method, params })}\n`),
    ask(method: string, params: object = {}): Promise<Message> {
      id += 1;
      const mine = id;
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: mine, method, params })}\n`);
      return new Promise((resolve, reject) => {
        waiting.set(mine, resolve);
        ended.then((code) => reject(new Error(`It ended with ${code}: ${said}`)));
      });
    },
  };
}

describe("throughline mcp", () => {
  test("speaks the protocol alone on stdout: hello, tools, a picture with progress; ends with its client", async () => {
    const mcp = startMcp();
    const hello = await mcp.ask("initialize", {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "test", version: "1" },
    });
    expect(hello.result.serverInfo).toMatchObject({ name: "throughline" });
    mcp.tell("notifications/initialized");
    const { tools } = (await mcp.ask("tools/list")).result;
    expect(tools).toMatchObject([{ name: "one", inputSchema: { required: ["what"] } }, { name: "get_run" }]);
    const { result } = await mcp.ask("tools/call", {
      name: "one",
      arguments: { what: "kite" },
      _meta: { progressToken: 1 },
    });
    expect(result.structuredContent).toMatchObject({ status: "succeeded", pictures: [{ width: 1024 }] });
    expect(result.content[1]).toMatchObject({ type: "image" });
    expect(mcp.messages.filter(({ method }) => method === "notifications/progress").length).toBeGreaterThan(0);
    expect((await mcp.ask("tools/call", { name: "one", arguments: {} })).result.isError).toBe(true);
    mcp.end();
    expect(await mcp.ended).toBe(0);
  });

  test("a client of the newest protocol is served too", async () => {
    const mcp = startMcp();
    const envelope = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
      "io.modelcontextprotocol/clientCapabilities": {},
    };
    const { result } = await mcp.ask("tools/list", { _meta: envelope });
    expect(result.tools).toHaveLength(2);
    mcp.end();
    await mcp.ended;
  });
});

describe("throughline hooks, schedules and secrets", () => {
  test("a hook is made with its secret shown once, listed, switched and removed", async () => {
    const made = JSON.parse(
      (
        await cli(
          place,
          "hooks",
          "create",
          "one",
          "--name",
          "CMS",
          "--map",
          "what=post.title",
          "--day-budget",
          "2",
          "--json",
        )
      ).stdout,
    );
    expect(made).toMatchObject({
      hook: { name: "CMS", mapping: { what: "post.title" }, dayBudgetUsd: 2 },
      secret: expect.stringMatching(/^[\w-]{43}$/),
    });
    const listed = await cli(place, "hooks", "list");
    expect(listed.stdout).toContain(made.hook.id);
    expect(listed.stdout).not.toContain(made.secret);
    expect((await cli(place, "hooks", "disable", made.hook.id)).stdout).toContain("off");
    expect((await cli(place, "hooks", "remove", made.hook.id)).code).toBe(0);
    expect((await cli(place, "hooks", "remove", made.hook.id)).code).toBe(2);
    expect((await cli(place, "hooks", "create", "one", "--map", "wat=x")).code).toBe(2);
    expect((await cli(place, "hooks", "frobnicate")).code).toBe(2);
  });

  test("a schedule is made, paused and refused with reasons", async () => {
    const made = JSON.parse(
      (
        await cli(
          place,
          "schedules",
          "create",
          "one",
          "--cron",
          "0 9 * * 1",
          "--time-zone",
          "Europe/Berlin",
          "--input",
          "what=kite",
          "--json",
        )
      ).stdout,
    );
    const [{ id, next }] = made.schedules;
    expect(next).toHaveLength(5);
    expect((await cli(place, "schedules", "pause", id)).stdout).toContain("paused");
    const refused = await cli(place, "schedules", "create", "one", "--cron", "61 * * * *", "--input", "what=kite");
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("cron expression")]);
  });

  test("SC-001 a secret comes by standard input and is never printed", async () => {
    const secret = "CANARY-secret-0123456789";
    const child = spawn(process.execPath, [CLI, "secrets", "set", "cms", "--origin", "https://cms.test"], {
      cwd: place.cwd,
      env: place.env,
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.stdin.end(`${secret}\n`);
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
    said += (await cli(place, "secrets", "list", "--json")).stdout;
    expect(said).toContain("https://cms.test");
    expect(said).not.toContain("CANARY");
  });
});
