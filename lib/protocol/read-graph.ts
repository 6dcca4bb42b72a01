import { checkDocument } from "./check-document.ts";
import { Graph, RESERVED_IDS } from "./graph.ts";
import { explainGraphIssue } from "./graph-issues.ts";
import { GRAPH_VERSION, migrateGraph } from "./graph-migrations.ts";
import { LIMITS } from "./limits.ts";
import { type Problem, problem } from "./problems.ts";
import { salvageGraph } from "./salvage-graph.ts";

type Document = Record<string, unknown>;
const isObject = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads a graph document from any value: checks format, version and size first, fills in defaults (nodes.md, "Documents"), then names every
 * problem in one go, with node and field. `graph` is what could be read of it, also when ids clash or fields are wrong, so that the rest
 * can be checked too; with an error among the problems it must not be run or saved. The value itself is left untouched.
 */
export function readGraph(value: unknown): { graph?: Graph; problems: Problem[] } {
  if (!isObject(value)) return { problems: [problem("BAD_FIELD", "A graph is a JSON object.")] };
  const refused = [...checkVersion(value), ...checkGraphSize(value)];
  if (refused.length > 0) return { problems: refused };
  const hostile = checkDocument(value);
  if (hostile.some(({ code }) => code !== "STRING_TOO_LONG" && code !== "SECRET_IN_GRAPH"))
    return { problems: hostile };

  const document = withErrorSettings(migrateGraph(value, (value.version as number | undefined) ?? GRAPH_VERSION));
  const parsed = Graph.safeParse(document);
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explainGraphIssue(issue, document));
  const problems = [...hostile, ...issues, ...checkIds(document)];
  return { graph: parsed.success ? parsed.data : salvageGraph(document, parsed.error.issues), problems };
}

function checkVersion(document: Document): Problem[] {
  const { format = "throughline/graph", version = GRAPH_VERSION } = document;
  if (format !== "throughline/graph")
    return [
      problem("SCHEMA_UNKNOWN", "This is not a graph: its format is not throughline/graph.", { field: "format" }),
    ];
  if (Number.isInteger(version) && (version as number) > GRAPH_VERSION) {
    const message = `This graph is of version ${version}; this program reads versions up to ${GRAPH_VERSION}. Update the program.`;
    return [problem("SCHEMA_TOO_NEW", message, { field: "version" })];
  }
  if (Number.isInteger(version) && (version as number) >= 1) return [];
  return [problem("SCHEMA_UNKNOWN", `There is no graph version ${JSON.stringify(version)}.`, { field: "version" })];
}

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

function checkGraphSize(document: Document): Problem[] {
  const [nodes, edges, inputs] = [lengthOf(document.nodes), lengthOf(document.edges), lengthOf(document.inputs)];
  const problems: Problem[] = [];
  if (nodes > LIMITS.nodes || edges > LIMITS.edges || lengthOf(document.frames) > LIMITS.nodes) {
    const message = `This graph has ${nodes} nodes and ${edges} edges; the limit is ${LIMITS.nodes} nodes and ${LIMITS.edges} edges.`;
    problems.push(problem("GRAPH_TOO_LARGE", message));
  }
  if (inputs > LIMITS.inputs)
    problems.push(problem("GRAPH_TOO_LARGE", `This graph has ${inputs} inputs; the limit is ${LIMITS.inputs}.`));
  return problems;
}

/** `onError` beside the config is tolerated: it is a setting like any other and moves to where settings stand. */
function withErrorSettings(document: Document): Document {
  if (!Array.isArray(document.nodes)) return document;
  const nodes = document.nodes.map((node: unknown) => {
    if (!isObject(node) || !Object.hasOwn(node, "onError")) return node;
    const { onError, config = {}, ...rest } = node;
    return { ...rest, config: isObject(config) ? { onError, ...config } : config };
  });
  return { ...document, nodes };
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const LISTS = { nodes: "node", edges: "edge", frames: "frame" } as const;

function checkIds(document: Document): Problem[] {
  const problems: Problem[] = [];
  for (const [list, what] of Object.entries(LISTS)) problems.push(...checkIdsOf(document[list], "id", what));
  return [...problems, ...checkIdsOf(document.inputs, "key", "input")];
}

function checkIdsOf(list: unknown, name: "id" | "key", what: string): Problem[] {
  if (!Array.isArray(list)) return [];
  const seen = new Set<string>();
  return list.flatMap((entry: unknown) => {
    const id = isObject(entry) ? entry[name] : undefined;
    if (typeof id !== "string") return [];
    const where = what === "node" ? { node: id } : what === "edge" ? { edge: id } : { field: id };
    const problems: Problem[] = [];
    // The form of an input's key is the schema's business; only it knows that a key starts with a letter.
    if (RESERVED_IDS.has(id) || (what !== "input" && !ID.test(id))) {
      const message = `"${id.slice(0, 80)}" cannot be the ${name} of ${what === "input" || what === "edge" ? "an" : "a"} ${what}: use up to 64 letters, digits, _ and -, and no reserved word.`;
      problems.push(problem("BAD_ID", message, where));
    }
    if (seen.has(id))
      problems.push(problem("DUPLICATE_ID", `Two ${what}s have the ${name} "${id.slice(0, 80)}".`, where));
    seen.add(id);
    return problems;
  });
}
