import type { Value } from "../protocol/values.ts";
import { canonical } from "./canonical.ts";
import type { Gathered } from "./types.ts";
import { valueIdentity } from "./value-identity.ts";

export { canonical } from "./canonical.ts";
export { valueIdentity } from "./value-identity.ts";

type Config = Readonly<Record<string, unknown>>;
type Inputs = Gathered["items"][number];

/**
 * The text an item's cache key is the SHA-256 of. `config` is parsed, inputs filled; `realm` keeps simulated results of model work apart from
 * real ones; `ways` says of the outputs a node heeds whether anything takes on what leaves there. Position, title and notes are not in it, so they never count.
 */
export function itemCanonical(item: {
  type: string;
  typeVersion: number;
  config: Config;
  inputs: Inputs;
  take: number;
  realm?: string;
  notKeyed?: readonly string[];
  ways?: Readonly<Record<string, string>>;
}): string {
  const { type, typeVersion, take, realm, ways } = item;
  return canonical({
    type,
    typeVersion,
    take,
    realm: realm || undefined,
    ways,
    config: keyed(item.config, item.notKeyed),
    inputs: Object.fromEntries(Object.entries(item.inputs).map(([port, given]) => [port, identityOf(given)])),
  });
}

const identityOf = (given: Value | Value[] | undefined): unknown =>
  Array.isArray(given) ? given.map(valueIdentity) : given && valueIdentity(given);

const keyed = (config: Config, notKeyed: readonly string[] = []): Config =>
  Object.fromEntries(Object.entries(config).filter(([name]) => !notKeyed.includes(name)));

/** The parts of a step's keys by name: enough to say later what changed. Values are short hashes. */
export type KeyParts = {
  version: number;
  take: number;
  fields: Record<string, string>;
  inputs: Record<string, string>;
};

/** Takes a step's keys apart; `hash` makes a short text of a long one. */
export function keyParts(
  step: {
    version: number;
    config: Config;
    items: readonly Inputs[];
    take: number;
    notKeyed?: readonly string[];
    ways?: Readonly<Record<string, string>>;
  },
  hash: (text: string) => string,
): KeyParts {
  const shorten = (value: unknown) => hash(canonical(value));
  const fields = Object.entries(keyed(step.config, step.notKeyed)).map(([name, value]) => [name, shorten(value)]);
  for (const [port, way] of Object.entries(step.ways ?? {})) fields.push([`what becomes of ${port}`, shorten(way)]);
  const ports = new Set(step.items.flatMap((item) => Object.keys(item)));
  const inputs = [...ports].flatMap((port) => {
    const given = step.items.map((item) => identityOf(item[port]));
    return given.every((value) => value === undefined) ? [] : [[port, shorten(given)]];
  });
  return {
    version: step.version,
    take: step.take,
    fields: Object.fromEntries(fields),
    inputs: Object.fromEntries(inputs),
  };
}

/** Why a step is not answered from the cache, in words: "prompt changed", "take 2 → 3", "input image changed", "first run". */
export function whyChanged(before: KeyParts | undefined, now: KeyParts): string {
  if (!before) return "first run";
  const reasons: string[] = [];
  if (before.version !== now.version) reasons.push(`node version ${before.version} → ${now.version}`);
  if (before.take !== now.take) reasons.push(`take ${before.take} → ${now.take}`);
  const fields = differing(before.fields, now.fields);
  if (fields.length > 0) reasons.push(`${listed(fields)} changed`);
  const inputs = differing(before.inputs, now.inputs);
  if (inputs.length > 0) reasons.push(`${inputs.length > 1 ? "inputs" : "input"} ${listed(inputs)} changed`);
  return reasons.join("; ") || "nothing changed, but no result is stored";
}

const differing = (before: Record<string, string>, now: Record<string, string>): string[] =>
  [...new Set([...Object.keys(now), ...Object.keys(before)])].filter((name) => before[name] !== now[name]);

const listed = (names: string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
