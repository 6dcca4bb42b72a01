import { RESERVED_IDS } from "#lib/protocol/graph.ts";
import { type MicroUsd, toMicro } from "#lib/protocol/money.ts";
import { WrongUse } from "./wrong-use.ts";

export type Assignment = { key: string; value: string };

/** `key=value`, cut at the first `=`. Throws WrongUse when there is no `=` or the key cannot be one. */
export function parseAssignment(option: string, text: string): Assignment {
  const cut = text.indexOf("=");
  if (cut < 1) throw new WrongUse("BAD_OPTION", `${option} ${text}: write ${option} key=value.`);
  const key = text.slice(0, cut);
  if (RESERVED_IDS.has(key)) throw new WrongUse("BAD_OPTION", `${option} ${key}: this name cannot be used.`);
  return { key, value: text.slice(cut + 1) };
}

/** A whole number of at least `least`, written plainly. */
export function parseCount(option: string, text: string, least = 1): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least))
    throw new WrongUse("BAD_OPTION", `${option} ${text}: write a whole number of at least ${least}.`);
  return value;
}

/** USD as written → micro-USD; `none` → null (no cap). */
export function parseBudget(text: string): MicroUsd | null {
  if (text === "none") return null;
  const usd = /^\$?\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text.replace("$", "")) : Number.NaN;
  if (Number.isNaN(usd))
    throw new WrongUse("BAD_OPTION", `--budget ${text}: write an amount in USD such as 2.50, or none.`);
  return toMicro(usd);
}

/** One of a few words. */
export function parseChoice<T extends string>(option: string, choices: readonly T[], text: string): T {
  const found = choices.find((choice) => choice === text);
  if (!found) throw new WrongUse("BAD_OPTION", `${option} ${text}: choose ${choices.join(" or ")}.`);
  return found;
}

/** Takes by node: `hero=3`. */
export function parseTakes(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map((text) => {
      const { key, value } = parseAssignment("--take", text);
      return [key, parseCount(`--take ${key}`, value)];
    }),
  );
}

/** A step's address: `NODE` or `NODE@PASS`. */
export function parseStep(text: string): { nodeId: string; pass: number } {
  const match = /^(.+?)(?:@(\d{1,6}))?$/.exec(text);
  if (!match?.[1]) throw new WrongUse("BAD_OPTION", `${text}: write NODE or NODE@PASS.`);
  return { nodeId: match[1], pass: Number(match[2] ?? 0) };
}
