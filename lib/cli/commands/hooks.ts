import { HookWish } from "#lib/protocol/hooks.ts";
import { toUsd } from "#lib/protocol/money.ts";
import type { HookEntry } from "#lib/runtime/hooks/hooks-api.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseAssignment, parseBudget, parseCount } from "../parse-options.ts";
import { readWish, target, unknownAction } from "../ways-in-options.ts";
import { count, when } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";

type Options = {
  json: boolean;
  name?: string;
  map: string[];
  input: string[];
  budget?: string;
  dayBudget?: string;
  perMinute?: string;
};

const usd = (text: string | undefined): number | null | undefined => {
  const micro = text === undefined ? undefined : parseBudget(text);
  return micro === undefined || micro === null ? micro : toUsd(micro);
};
const pairs = (option: string, texts: readonly string[]) =>
  Object.fromEntries(texts.map((text) => parseAssignment(option, text)).map(({ key, value }) => [key, value]));

/** `hooks`: makes, lists, switches and removes ways in. A secret is printed once, by the command that made it. */
export async function hooksCommand(
  context: CommandContext,
  action: string,
  given: string | undefined,
  options: Options,
): Promise<number> {
  const { hooks } = await context.studio();
  const show = ({ hook, secret }: { hook: HookEntry; secret: string }) => {
    if (options.json) return context.console.json({ hook, secret });
    context.console.print(["bold", "Address "], `/api/hooks/${hook.id}`);
    context.console.print(["bold", "Secret  "], secret);
    context.console.say([
      "dim",
      "The secret is shown this once. The other system signs with it; lose it and you rotate it.",
    ]);
  };
  const known = <T>(found: T | undefined | false, id: string): T => {
    if (found) return found;
    throw new WrongUse("UNKNOWN_HOOK", `There is no hook ${id}. See: npx throughline hooks list`);
  };
  switch (action) {
    case "list":
      return listHooks(context, await hooks.list(given), options.json);
    case "create": {
      const wish = readWish(HookWish, {
        templateId: target(given, "a template"),
        name: options.name,
        mapping: pairs("--map", options.map),
        inputs: pairs("--input", options.input),
        budgetUsd: usd(options.budget),
        dayBudgetUsd: usd(options.dayBudget),
        perMinute: options.perMinute === undefined ? undefined : parseCount("--per-minute", options.perMinute),
      });
      show(await hooks.create(wish));
      return EXIT.ok;
    }
    case "rotate": {
      const id = target(given, "a hook");
      show(known(await hooks.rotate(id), id));
      return EXIT.ok;
    }
    case "enable":
    case "disable": {
      const id = target(given, "a hook");
      return listHooks(context, [known(await hooks.setEnabled(id, action === "enable"), id)], options.json);
    }
    case "remove": {
      const id = target(given, "a hook");
      known(await hooks.remove(id), id);
      if (options.json) context.console.json({ removed: id });
      return EXIT.ok;
    }
    default:
      throw unknownAction("hooks", action);
  }
}

function listHooks({ console }: CommandContext, hooks: HookEntry[], json: boolean): number {
  if (json) console.json({ hooks });
  else if (hooks.length === 0) console.print(["dim", "No hooks. Make one with: npx throughline hooks create TEMPLATE"]);
  else
    for (const hook of hooks) {
      const state = !hook.ready ? "no secret" : hook.enabled ? "on" : "off";
      const last = hook.lastAt === undefined ? "never used" : `last ${when(hook.lastAt)}`;
      console.print(hook.id, "  ", state.padEnd(9), "  ", hook.templateId, "  ", hook.name, "  ", [
        "dim",
        `${count(hook.deliveries, "delivery", "deliveries")}, ${last}`,
      ]);
    }
  return EXIT.ok;
}
