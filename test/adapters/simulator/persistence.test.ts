import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bytesOf, drawing, pictureOf, simulated } from "./sdk.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "simulator-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a simulator with a folder", () => {
  it("gives the same bytes from another instance, also for a turn nobody has looked at yet", async () => {
    const one = simulated({ folder });
    const first = await one.client.responses.create(drawing("A sneaker"));
    const begun = await one.client.responses.create(
      drawing("Make it night", { previous_response_id: first.id, background: true }, { action: "edit" }),
    );
    const two = simulated({ folder });
    const there = await two.client.responses.retrieve(begun.id);
    const here = await one.client.responses.retrieve(begun.id);
    expect(there.status).toBe("completed");
    expect(bytesOf(there).equals(bytesOf(here))).toBe(true);
  });

  it("works the picture out again, byte for byte, when only the request was kept", async () => {
    const one = simulated({ folder });
    const first = await one.client.responses.create(drawing("A sneaker"));
    rmSync(join(folder, "pictures", `${pictureOf(first).id}.bin`));
    const again = await simulated({ folder }).client.responses.retrieve(first.id);
    expect(bytesOf(again).equals(bytesOf(first))).toBe(true);
  });

  it("sees a cancel from another instance", async () => {
    const slow = { folder, latencyMs: 60_000 };
    const begun = await simulated(slow).client.responses.create(drawing("A sneaker", { background: true }));
    await simulated(slow).client.responses.cancel(begun.id);
    expect((await simulated(slow).client.responses.retrieve(begun.id)).status).toBe("cancelled");
  });

  it("counts paid work of all instances together", async () => {
    await simulated({ folder }).client.responses.create(drawing("A"));
    await simulated({ folder }).client.images.generate({ model: "gpt-image-2.5-flare", prompt: "B" });
    const ledger = simulated({ folder }).simulator.ledger();
    expect([ledger.paid, ledger.requests]).toEqual([2, 2]);
    expect(ledger.calls[0]).toMatchObject({ path: "/responses", status: 200, imageModel: "gpt-image-2.5-flare" });
  });

  it("keeps no picture data in the ledger, only references", async () => {
    const { client, simulator } = simulated({ folder });
    const first = await client.responses.create(drawing("A"));
    const content = [
      { type: "input_text" as const, text: "warm" },
      {
        type: "input_image" as const,
        detail: "auto" as const,
        image_url: `data:image/png;base64,${pictureOf(first).result}`,
      },
    ];
    await client.responses.create(drawing([{ role: "user", content }], {}, { action: "edit" }));
    const text = JSON.stringify(simulator.ledger());
    expect(text).toContain("blob:");
    expect(text).not.toContain("base64,");
    expect(text.length).toBeLessThan(20_000);
  });

  it("survives a kill -9 between acceptance and answer", async () => {
    const script = join(folder, "child.ts");
    const from = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).pathname);
    writeFileSync(
      script,
      `import { createSimulator } from ${from("lib/adapters/simulator/simulator.ts")};
       const simulator = createSimulator({ folder: ${JSON.stringify(folder)}, latencyMs: 50 });
       const body = JSON.stringify({ model: "gpt-6.1-terra", input: "A lamp", background: true, tools: [{ type: "image_generation", model: "gpt-image-2.5-flare" }], tool_choice: { type: "image_generation" } });
       const answer = await simulator.fetch("http://s.invalid/v1/responses", { method: "POST", headers: { authorization: "Bearer x", "content-type": "application/json" }, body });
       process.send((await answer.json()).id);
       setInterval(() => {}, 1000);`,
    );
    const child = fork(script, { stdio: "ignore" });
    const id = await new Promise<string>((resolve) => child.once("message", (message) => resolve(String(message))));
    child.kill("SIGKILL");
    const { client, simulator } = simulated({ folder });
    await expect.poll(async () => (await client.responses.retrieve(id)).status, { timeout: 20_000 }).toBe("completed");
    expect(bytesOf(await client.responses.retrieve(id)).length).toBeGreaterThan(10_000);
    expect(simulator.ledger().paid).toBe(1);
  });
});
