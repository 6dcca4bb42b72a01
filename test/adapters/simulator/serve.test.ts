import { APIConnectionError } from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { type ServedSimulator, serveSimulator } from "#lib/adapters/simulator/serve.ts";
import type { Ledger, SimulatorOptions } from "#lib/adapters/simulator/simulator.ts";
import { clientOf, drawing, pictureOf } from "./sdk.ts";

let served: ServedSimulator | null = null;
afterEach(async () => {
  await served?.close();
  served = null;
});

async function start(options: SimulatorOptions = {}) {
  served = await serveSimulator({ port: 0, latencyMs: 0, ...options });
  return { client: clientOf(globalThis.fetch, served.url), url: served.url, origin: new URL(served.url).origin };
}

const ledgerOf = async (origin: string) => (await (await fetch(`${origin}/__ledger`)).json()) as Ledger;

describe("a served simulator", () => {
  it("listens on the loopback address only and speaks to the SDK", async () => {
    const { client, url, origin } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect(pictureOf(await client.responses.create(drawing("A lamp"))).status).toBe("completed");
    expect((await ledgerOf(origin)).paid).toBe(1);
  });

  it("streams over the wire", async () => {
    const { client } = await start();
    const types: string[] = [];
    const stream = await client.responses.create({
      ...drawing("A lamp", {}, { partial_images: 1 }),
      stream: true as const,
    });
    for await (const event of stream) types.push(event.type);
    expect(types.at(-1)).toBe("response.completed");
  });

  it("breaks sockets for real, before and after the work", async () => {
    const { client, origin } = await start({
      faults: [
        { fault: "reset-before", nth: 1 },
        { fault: "reset-after", nth: 2 },
        { fault: "truncate-json", nth: 3 },
      ],
    });
    const ask = () => client.responses.create(drawing("A lamp"));
    await expect(ask()).rejects.toBeInstanceOf(APIConnectionError);
    expect((await ledgerOf(origin)).paid).toBe(0);
    await expect(ask()).rejects.toBeInstanceOf(APIConnectionError);
    await expect(ask()).rejects.toThrow();
    expect((await ledgerOf(origin)).paid).toBe(2);
  });

  it("cuts a stream by closing and by resetting", async () => {
    const { client } = await start({
      faults: [
        { fault: "truncate-sse", nth: 1 },
        { fault: "truncate-sse", args: { mode: "reset", after: 3 }, nth: 2 },
      ],
    });
    const read = async () => {
      const types: string[] = [];
      const stream = await client.responses.create({
        ...drawing("A lamp", { background: true }),
        stream: true as const,
      });
      for await (const event of stream) types.push(event.type);
      return types;
    };
    expect(await read()).not.toContain("response.completed");
    await expect(read()).rejects.toThrow();
  });

  it("takes a new fault script while it runs", async () => {
    const { client, origin } = await start();
    await fetch(`${origin}/__faults`, { method: "POST", body: JSON.stringify([{ fault: "503" }]) });
    await expect(client.responses.create(drawing("A lamp"))).rejects.toMatchObject({ status: 503 });
  });

  it("goes on working for a client that has gone", async () => {
    const { client, origin } = await start({ latencyMs: 1500 });
    const away = new AbortController();
    const gone = expect(client.responses.create(drawing("A lamp"), { signal: away.signal })).rejects.toThrow();
    await expect.poll(async () => (await ledgerOf(origin)).calls.length).toBe(1);
    away.abort();
    await gone;
    const [call] = (await ledgerOf(origin)).calls;
    expect(call?.paid).toBe(true);
    await expect
      .poll(async () => (await client.responses.retrieve(call!.responseId!)).status, { timeout: 20_000 })
      .toBe("completed");
  });
});
