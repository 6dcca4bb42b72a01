import type { GraphNode } from "../protocol/graph.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import type { PictureAddress } from "./picture-inputs.ts";
import type { AssetStore } from "./ports.ts";

/** Assets a graph or its inputs name but the store does not have: found before anything runs. Pictures yet to be fetched are not missed. */
export async function missingAssets(
  nodes: readonly Pick<GraphNode, "id" | "mode" | "config">[],
  inputs: Record<string, unknown>,
  addresses: readonly PictureAddress[],
  assets: AssetStore,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const expected = new Set(addresses.map(({ standIn }) => standIn));
  const look = async (holder: unknown, where: Partial<Problem>) => {
    for (const [asset] of JSON.stringify(holder ?? {}).matchAll(/sha256:[0-9a-f]{64}/g)) {
      if (!expected.has(asset) && !(await assets.has(asset)))
        problems.push(
          problem(
            "ASSET_MISSING",
            `${where.node ? `Node ${where.node}` : `Input ${where.field}`} uses ${asset}, which is not in the store. Upload the picture again.`,
            where,
          ),
        );
    }
  };
  for (const node of nodes) {
    if (node.mode !== "on") continue;
    for (const [field, setting] of Object.entries(node.config)) await look(setting, { node: node.id, field });
  }
  for (const [key, value] of Object.entries(inputs)) await look(value, { field: key });
  return problems;
}
