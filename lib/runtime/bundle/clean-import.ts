import { isSecretName } from "../../protocol/find-secrets.ts";
import { Graph, GraphNode } from "../../protocol/graph.ts";
import { type Problem, warning } from "../../protocol/problems.ts";
import { type Registry, schemaOf } from "../../sdk/registry.ts";

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const GRAPH_FIELDS = new Set(Object.keys(Graph.shape));
const NODE_FIELDS = new Set([...Object.keys(GraphNode.shape), "onError"]);

/**
 * A foreign graph without what a document here cannot hold: fields that would start something, and fields that are keys or passwords by their name.
 * Everything that was left out is told. The value itself is left untouched; what is wrong with the rest is `readGraph`'s business.
 */
export function cleanImport(value: unknown, registry: Registry): { document: unknown; warnings: Problem[] } {
  const warnings: Problem[] = [];
  if (!isFields(value)) return { document: value, warnings };
  const known = withoutUnknown(value, GRAPH_FIELDS, "", warnings);
  const { nodes, ...rest } = known;
  const document: Fields = { ...(withoutSecretNames(rest, {}, "", warnings) as Fields) };
  if (Array.isArray(nodes))
    document.nodes = nodes.map((node: unknown) => (isFields(node) ? cleanNode(node, registry, warnings) : node));
  else if (nodes !== undefined) document.nodes = nodes;
  return { document, warnings };
}

function cleanNode(node: Fields, registry: Registry, warnings: Problem[]): Fields {
  const where = typeof node.id === "string" ? { node: node.id.slice(0, 80) } : {};
  const known = withoutUnknown(node, NODE_FIELDS, "", warnings, where);
  const type = registry.get(String(node.type));
  // A setting the node type has under such a name holds the name of a credential, never its value.
  const own = new Set(type ? Object.keys(schemaOf(type.config).properties ?? {}) : []);
  if (!isFields(known.config)) return known;
  const config = Object.fromEntries(
    Object.entries(known.config).flatMap(([key, child]) => {
      if (own.has(key)) return [[key, child]];
      const kept = withoutSecretNames({ [key]: child }, where, "", warnings) as Fields;
      return Object.entries(kept);
    }),
  );
  return { ...known, config };
}

function withoutUnknown(
  fields: Fields,
  known: ReadonlySet<string>,
  path: string,
  warnings: Problem[],
  where = {},
): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([key]) => {
      if (known.has(key)) return true;
      const field = `${path}${key.slice(0, 80)}`;
      const message = isSecretName(key)
        ? `The field "${field}" was left out: keys and passwords are never stored with a graph.`
        : `The field "${field}" was left out: an imported graph starts nothing by itself.`;
      warnings.push(
        warning(isSecretName(key) ? "SECRET_FIELD_REMOVED" : "FIELD_REMOVED", message, { ...where, field }),
      );
      return false;
    }),
  );
}

function withoutSecretNames(
  value: unknown,
  where: Partial<Problem>,
  path: string,
  warnings: Problem[],
  depth = 0,
): unknown {
  // What is nested deeper is refused as a whole by whoever reads it next.
  if (depth > 40 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((one, index) => withoutSecretNames(one, where, `${path}${index}.`, warnings, depth + 1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => {
      if (!isSecretName(key)) return [[key, withoutSecretNames(child, where, `${path}${key}.`, warnings, depth + 1)]];
      const field = `${path}${key.slice(0, 80)}`;
      const message = `The field "${field}" was left out: keys and passwords are never stored with a graph.`;
      warnings.push(warning("SECRET_FIELD_REMOVED", message, { ...where, field }));
      return [];
    }),
  );
}
