import type { AnyNode } from "../../../sdk/define-node.ts";
import { applies, type Setting, settingsOf } from "./node-schema.ts";

/** A setting in the well of a card. `own`: it was set here, not left at its default. */
export type ShownSetting = { field: string; label: string; value: string; own: boolean };

/** Settings in the well of one card at most; the rest is in the inspector. */
const MOST = 3;
/** Controls whose value is a text, a picture or a drawing: the body of the card shows those. */
const IN_BODY = new Set([
  "longtext",
  "markdown",
  "assets",
  "asset",
  "lut",
  "mask-painter",
  "curve",
  "hidden",
  "linked-graph",
]);
/** Controls that decide most about a result, so they are worth a line even at their default. */
const TELLING = new Set(["size", "image-model"]);

/** What stands in the well: what was set first, then what decides most, in the order of the schema. */
export function settingsShown(type: AnyNode, config: Record<string, unknown>): ShownSetting[] {
  const all = settingsOf(type);
  const fit = all.filter((one) => !IN_BODY.has(String(one.schema.control)) && applies(one, config, all));
  const own = fit.filter(({ field, schema }) => isSet(config[field], schema.default));
  const telling = fit.filter(({ schema }) => TELLING.has(String(schema.control)));
  const choices = fit.filter(({ schema }) => Array.isArray(schema.enum) && schema.default !== undefined);
  const wanted = new Set([...own, ...telling, ...choices].slice(0, 12));
  const chosen = [...wanted]
    .map((setting) => shown(setting, config, own.includes(setting)))
    .filter((one): one is ShownSetting => one !== undefined)
    .slice(0, MOST);
  return fit.flatMap(({ field }) => chosen.find((one) => one.field === field) ?? []);
}

const isSet = (value: unknown, fallback: unknown): boolean =>
  value !== undefined && JSON.stringify(value) !== JSON.stringify(fallback) && valueWords(value) !== "";

function shown({ field, schema }: Setting, config: Record<string, unknown>, own: boolean): ShownSetting | undefined {
  const value = valueWords(own ? config[field] : (config[field] ?? schema.default));
  return value === "" ? undefined : { field, label: schema.title ?? field, value, own };
}

/** A setting's value in a few words; empty when there is nothing to say. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  if (typeof value === "string") return value.replaceAll(/\s+/g, " ").trim();
  if (Array.isArray(value)) {
    const words = value.map((one) => (typeof one === "object" ? nameIn(one) : valueWords(one)));
    if (words.every((word) => word !== "")) return words.join(", ");
    return value.length === 0 ? "" : `${value.length} ${value.length === 1 ? "entry" : "entries"}`;
  }
  if ("$input" in (value as object)) return `{{${String((value as { $input: unknown }).$input)}}}`;
  const parts = Object.entries(value).map(([key, part]) => `${key} ${valueWords(part)}`);
  return parts.join(" · ");
}

const nameIn = (value: object | null): string => {
  const name = (value as { name?: unknown; title?: unknown } | null)?.name;
  return typeof name === "string" ? name : "";
};
