import { canonical } from "../engine/canonical.ts";
import type { LinkedGraphs } from "../engine/types.ts";
import type { Graph, InputValues } from "../protocol/graph.ts";
import type { SheetUseNow } from "../protocol/library.ts";
import type { MicroUsd } from "../protocol/money.ts";
import type { AssetId } from "../protocol/values.ts";
import { newId, sha256 } from "./digest.ts";
import { keepLinked } from "./linked-graphs.ts";
import { fetchPictures, type PictureAddress } from "./picture-inputs.ts";
import type { Clock, Journal, Provider, RunRow } from "./ports.ts";
import type { StartRun } from "./studio-api.ts";

/** A request that was read and found without errors. `inputs` hold stand-ins for the pictures of `addresses`. */
type Read = {
  graph: Graph;
  inputs: InputValues;
  addresses: PictureAddress[];
  links: LinkedGraphs;
  sheets: SheetUseNow[];
};

type Ports = {
  journal: Journal;
  clock: Clock;
  provider: Provider;
  defaultBudgetMicro: MicroUsd | null;
  uploadFrom(url: string): Promise<{ asset: AssetId }>;
};

/** A run as it is stored: its pictures fetched, everything it was started with kept. Throws InvalidError for pictures that cannot be had. */
export async function composeRun(
  ports: Ports,
  request: StartRun,
  { graph, inputs: known, addresses, links, sheets }: Read,
): Promise<Omit<RunRow, "epoch" | "lastSeq" | "leaseOwner" | "leaseUntil">> {
  const { journal, clock, provider, defaultBudgetMicro } = ports;
  const inputs = addresses.length > 0 ? await fetchPictures(known, addresses, ports.uploadFrom) : known;
  const hash = sha256(canonical(graph));
  await journal.putGraph(graph, hash);
  const now = clock.now();
  return {
    id: newId("run", now),
    graphHash: hash,
    graphId: graph.id,
    graphName: graph.name,
    params: {
      inputs,
      links: await keepLinked(journal, links),
      ...(sheets.length > 0 ? { sheets: sheets.map(({ newest: _, ...use }) => use) } : {}),
      to: request.to,
      takes: request.takes,
      inDoubt: request.inDoubt ?? "hold",
      concurrency: request.concurrency,
      template: request.template,
      ...(request.depth ? { depth: request.depth } : {}),
    },
    status: "queued",
    priority: 10,
    budgetMicro: request.budgetMicro === undefined ? defaultBudgetMicro : request.budgetMicro,
    simulated: provider.simulated,
    createdAt: now,
  };
}
