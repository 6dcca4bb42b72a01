import type { DistilBody } from "../../protocol/library.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import type { AnyNode } from "../../sdk/define-node.ts";
import { type Registry, schemaOf } from "../../sdk/registry.ts";
import { sha256 } from "../digest.ts";
import type { AssetStore, Journal } from "../ports.ts";

/** Graphs made for writing a sheet begin like this, so that lists can tell them from what people drew. */
export const DISTIL_GRAPH = "sheet-from";
/** The node of such a graph that gives the sheet. */
export const DISTIL_NODE = "sheet";

/**
 * The graph that writes a sheet from a picture: the picture, and the node that asks in its conversation. The same picture makes the same graph, so
 * asking twice is answered from the cache. Throws InvalidError ASSET_MISSING, UNKNOWN_TURN.
 */
export async function distilGraph(
  ports: { journal: Pick<Journal, "turn">; assets: Pick<AssetStore, "has">; registry: Registry },
  { asset, responseId, title }: DistilBody,
): Promise<Record<string, unknown>> {
  if (!(await ports.assets.has(asset)))
    throw new InvalidError([
      problem("ASSET_MISSING", "This picture is not in the store any more.", { field: "asset" }),
    ]);
  const row = responseId === undefined ? undefined : await ports.journal.turn(responseId);
  if (responseId !== undefined && !row)
    throw new InvalidError([
      problem("UNKNOWN_TURN", "Nothing is stored of this conversation. The picture alone can still be used.", {
        field: "responseId",
      }),
    ]);
  const { source, writer } = typesFor(ports.registry);
  const name = `Spec sheet from ${title?.trim() || "a picture"}`.slice(0, 200);
  return {
    format: "throughline/graph",
    version: 1,
    id: `${DISTIL_GRAPH}-${sha256(`${asset} ${responseId ?? ""}`).slice(0, 16)}`,
    name,
    nodes: [
      {
        id: "picture",
        type: source.type.type,
        typeVersion: source.type.version,
        position: { x: 0, y: 0 },
        config: { [source.field]: [{ asset }], role: "style" },
      },
      {
        id: DISTIL_NODE,
        type: writer.type.type,
        typeVersion: writer.type.version,
        position: { x: 420, y: 0 },
        config: row ? { turn: row.turn } : {},
      },
    ],
    edges: [
      {
        id: "e1",
        source: "picture",
        sourceHandle: source.port,
        target: DISTIL_NODE,
        targetHandle: writer.port,
      },
    ],
  };
}

/** The types such a graph is made of, by what they take and give: pictures from the store, and the one model that gives a sheet for a picture. */
function typesFor(registry: Registry) {
  const imagesOut = (type: AnyNode) => Object.entries(type.outputs).find(([, { kind }]) => kind === "image")?.[0];
  const source = registry.nodes.flatMap((type) => {
    const field = Object.entries(schemaOf(type.config).properties ?? {}).find(
      ([, { control }]) => control === "assets",
    );
    const port = imagesOut(type);
    return field && port && Object.keys(type.inputs).length === 0 ? [{ type, field: field[0], port }] : [];
  })[0];
  const writer = registry.nodes.flatMap((type) => {
    const port = Object.entries(type.inputs).find(([, { kind, many }]) => kind === "image" && !many)?.[0];
    const gives = Object.values(type.outputs).some(({ kind }) => kind === "spec");
    return type.effect === "model" && gives && port ? [{ type, port }] : [];
  })[0];
  if (!source || !writer) throw new Error("No node type writes sheets from pictures.");
  return { source, writer };
}
