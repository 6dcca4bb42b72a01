import type { Graph, GraphNode } from "../../protocol/graph.ts";
import { parseSheetRef } from "../../protocol/sheet-ref.ts";
import { type Registry, schemaOf } from "../../sdk/registry.ts";

/** A setting of a node that names a sheet of the library. */
export type SheetSetting = { nodeId: string; field: string; ref: string };

/** The settings of a type that name a sheet, told by their mark alone: `.meta({ control: "sheet" })`. */
export function sheetFields(registry: Registry, type: string): string[] {
  const node = registry.get(type);
  if (!node) return [];
  return Object.entries(schemaOf(node.config).properties ?? {}).flatMap(([name, { control }]) =>
    control === "sheet" ? [name] : [],
  );
}

/** Every sheet a document names as it is written; those that wait for an input are left out. */
export function sheetSettings(
  registry: Registry,
  { nodes }: { nodes: readonly Pick<GraphNode, "id" | "type" | "config">[] },
): SheetSetting[] {
  return nodes.flatMap(({ id, type, config }) =>
    sheetFields(registry, type).flatMap((field) => {
      const ref = config[field];
      return typeof ref === "string" && parseSheetRef(ref) ? [{ nodeId: id, field, ref }] : [];
    }),
  );
}

/** A document with its sheets called otherwise. Nodes that name none stay the objects they are. */
export function renameSheets(registry: Registry, graph: Graph, refs: Readonly<Record<string, string>>): Graph {
  const wanted = sheetSettings(registry, graph).filter(
    ({ ref }) => Object.hasOwn(refs, ref) && refs[ref] !== ref && refs[ref] !== undefined,
  );
  if (wanted.length === 0) return graph;
  const byNode = Map.groupBy(wanted, ({ nodeId }) => nodeId);
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const mine = byNode.get(node.id);
      if (!mine) return node;
      return { ...node, config: { ...node.config, ...Object.fromEntries(mine.map((m) => [m.field, refs[m.ref]])) } };
    }),
  };
}
