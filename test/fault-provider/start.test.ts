import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Ledger } from "#lib/adapters/simulator/simulator.ts";
import { clientOf, drawing } from "#test/adapters/simulator/sdk.ts";
import { startFaultProvider } from "./start.ts";

it("serves faults from a process of its own and keeps its ledger over a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "provider-"));
  const faults = join(folder, "faults.json");
  writeFileSync(faults, JSON.stringify([{ fault: "500-after", nth: 1 }]));
  const args = ["--folder", folder, "--latency", "0", "--faults", faults];
  const first = await startFaultProvider(...args);
  const ask = (url: string) =>
    clientOf(globalThis.fetch, url).responses.create(drawing("A lamp", { background: true }));
  await expect(ask(first.url)).rejects.toMatchObject({ status: 500 });
  await first.stop();
  const second = await startFaultProvider("--folder", folder);
  const ledger = (await (await fetch(new URL("/__ledger", second.url))).json()) as Ledger;
  expect(ledger.paid).toBe(1);
  expect(await clientOf(globalThis.fetch, second.url).responses.retrieve(ledger.calls[0]!.responseId!)).toMatchObject({
    status: "completed",
  });
  await second.stop();
  rmSync(folder, { recursive: true, force: true });
});
