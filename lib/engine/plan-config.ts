import type { GraphNode } from "../protocol/graph.ts";
import { type Problem, problem, warning } from "../protocol/problems.ts";
import type { Scope } from "./fill.ts";
import { fillConfig, wrapped } from "./fill-config.ts";
import type { NodeShape } from "./types.ts";

type Config = Record<string, unknown>;
export type ReadConfig = { config: Config; onError: "stop" | "continue"; problems: Problem[] };

/** The common setting of every node type; it never reaches the type's own schema. */
export const ON_ERROR = "onError";

/** Does the node go on when it fails? Read before anything else, since it decides which ports there are. */
export const goesOn = (node: GraphNode): boolean => node.config[ON_ERROR] === "continue";

/**
 * A node's settings as it will run with them: brought to the current version, inputs filled in, parsed. Problems name node and field:
 * TYPE_VERSION_TOO_NEW, UNKNOWN_SETTING (a warning: kept, not used), UNKNOWN_VARIABLE, EXPRESSION_*, and those of the type's schema.
 */
export function readConfig(node: GraphNode, shape: NodeShape, scope: Scope): ReadConfig {
  const { [ON_ERROR]: given, ...own } = node.config;
  const problems: Problem[] = [];
  if (given !== undefined && given !== "stop" && given !== "continue")
    problems.push(problem("BAD_SETTING", "onError is either stop or continue.", { node: node.id, field: ON_ERROR }));
  const onError = goesOn(node) ? "continue" : "stop";
  const current = bringUp(node, shape, own, problems);
  if (!current) return { config: own, onError, problems };
  const filled = fillConfig(pick(node, shape, current, problems), shape.fields, scope);
  for (const { field, ...rest } of filled.problems)
    problems.push(problem(rest.code, rest.message, { node: node.id, field }));
  const unjudged = new Set([...filled.missing, ...filled.problems.map(({ field }) => settingOf(field))]);
  let parsed = shape.parse(filled.config);
  for (const path of filled.images) {
    if (!parsed.problems.some((found) => within(found.field, path.join(".")))) continue;
    const again = shape.parse(wrapped(filled.config, path));
    if (again.problems.length < parsed.problems.length) parsed = again;
  }
  for (const found of parsed.problems)
    if (!found.field || !unjudged.has(settingOf(found.field))) problems.push({ ...found, node: node.id });
  if (parsed.problems.length === 0)
    for (const field of unread(filled.config, parsed.config)) problems.push(unknownSetting(node, field));
  return { config: parsed.config, onError, problems };
}

function bringUp(node: GraphNode, shape: NodeShape, config: Config, problems: Problem[]): Config | undefined {
  if (node.typeVersion === shape.version) return config;
  const where = { node: node.id, field: "typeVersion" };
  if (node.typeVersion > shape.version) {
    const message = `${node.id} was made with version ${node.typeVersion} of ${node.type}; this program knows version ${shape.version}. Update the program.`;
    problems.push(problem("TYPE_VERSION_TOO_NEW", message, where));
    return undefined;
  }
  try {
    return shape.migrate(config, node.typeVersion);
  } catch {
    const message = `The settings of ${node.id} could not be brought from version ${node.typeVersion} to ${shape.version}.`;
    problems.push(problem("TYPE_MIGRATION_FAILED", message, where));
    return undefined;
  }
}

/** Settings the type knows. Others stay in the document, are warned about and never run. */
function pick(node: GraphNode, shape: NodeShape, config: Config, problems: Problem[]): Config {
  const known: [string, unknown][] = [];
  for (const [name, value] of Object.entries(config)) {
    if (Object.hasOwn(shape.fields, name)) known.push([name, value]);
    else problems.push(unknownSetting(node, name));
  }
  return Object.fromEntries(known);
}

const unknownSetting = (node: GraphNode, field: string): Problem =>
  warning("UNKNOWN_SETTING", `${node.type} has no setting "${field}"; it is kept but does nothing.`, {
    node: node.id,
    field,
  });

/** Paths inside the settings that the schema dropped, like a misspelled member of a list's entry. */
function unread(given: unknown, read: unknown, path: string[] = []): string[] {
  if (typeof given !== "object" || typeof read !== "object" || given === null || read === null) return [];
  if (Array.isArray(given) !== Array.isArray(read)) return [];
  if (Array.isArray(given) && given.length !== (read as unknown[]).length) return [];
  return Object.entries(given).flatMap(([name, value]) =>
    Object.hasOwn(read, name)
      ? unread(value, (read as Config)[name], [...path, name])
      : path.length > 0 && value !== undefined
        ? [[...path, name].join(".")]
        : [],
  );
}

const settingOf = (field: string): string => field.split(".", 1)[0] ?? field;
const within = (field: string | undefined, place: string): boolean =>
  field !== undefined && (field === place || field.startsWith(`${place}.`));
