import { sheetShelf } from "#lib/runtime/library/sheet-shelf.ts";
import { createNodeContext } from "#lib/runtime/node-context.ts";
import type { ArchiveRow, AssetStore } from "#lib/runtime/ports.ts";
import type { DeliveryRequest, ModelTools, NodeContext } from "#lib/sdk/index.ts";
import { createExampleImageTools } from "./example-image-tools.ts";
import { createMemoryAssetStore } from "./memory-asset-store.ts";
import { createMemoryLibrary } from "./memory-library.ts";
import { type Asked, createScriptedModel } from "./scripted-model.ts";

export type TestContext = {
  ctx: NodeContext;
  assets: AssetStore;
  asked: Asked[];
  entries: ArchiveRow[];
  warnings: string[];
  /** Messages that would have left. */
  sent: DeliveryRequest[];
  /** What the node said of its result. */
  kept: { forThisRun: boolean };
};

/** The real context of a node over stores in memory and a scripted model. Everything a node did is kept beside it. */
export function testContext(
  more: {
    assets?: AssetStore;
    model?: ModelTools & { asked: Asked[] };
    pass?: { index: number; last: boolean };
    answers?: unknown[];
    title?: string;
    way?: (output: string) => "open" | "over" | "unwired";
    room?: { left: number; again: number };
    item?: { index: number; count: number };
  } = {},
): TestContext {
  const assets = more.assets ?? createMemoryAssetStore();
  const model = more.model ?? createScriptedModel(assets, more.answers);
  const entries: ArchiveRow[] = [];
  const warnings: string[] = [];
  const sent: DeliveryRequest[] = [];
  const kept = { forThisRun: false };
  const ctx = createNodeContext(
    {
      graph: { id: "sneaker-hero", name: "Sneaker hero" },
      revision: "rev-1",
      node: { id: "node-1", title: more.title ?? "Node 1", type: "test" },
      run: { id: "run_1", createdAt: Date.UTC(2026, 10, 20), inputs: {} },
      passIndex: more.pass?.index ?? 0,
      pass: more.pass ?? { index: 0, last: true },
      item: more.item ?? { index: 0, count: 1 },
      way: more.way ?? (() => ((more.pass?.last ?? true) ? "over" : "open")),
    },
    {
      sheets: sheetShelf(createMemoryLibrary()),
      assets,
      images: createExampleImageTools(assets),
      model,
      signal: new AbortController().signal,
      now: () => 0,
      warn: (message) => void warnings.push(message),
      progress: () => {},
      keepEntry: (entry) => void entries.push(entry),
      deliver: async (position, request) => {
        sent.push(request);
        return { id: `dlv_${position}`, status: 200 };
      },
      roomFor: async () => more.room,
      forThisRun: () => {
        kept.forThisRun = true;
      },
    },
  );
  return { ctx, assets, asked: model.asked, entries, warnings, sent, kept };
}
