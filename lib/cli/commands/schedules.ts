import { toUsd } from "#lib/protocol/money.ts";
import { type ScheduleView, ScheduleWish } from "#lib/protocol/schedules.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseAssignment, parseBudget } from "../parse-options.ts";
import { readWish, target, unknownAction } from "../ways-in-options.ts";
import { when } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";

type Options = {
  json: boolean;
  cron?: string;
  timeZone?: string;
  name?: string;
  input: string[];
  budget?: string;
  missed?: string;
};

/** `schedules`: makes, lists, pauses and removes them. They fire while a server (`npm start`) or a worker runs on this data folder. */
export async function schedulesCommand(
  context: CommandContext,
  action: string,
  given: string | undefined,
  options: Options,
): Promise<number> {
  const { schedules } = await context.studio();
  switch (action) {
    case "list":
      return show(context, await schedules.list(given), options.json);
    case "create": {
      const budget = options.budget === undefined ? undefined : parseBudget(options.budget);
      const inputs = options.input.map((text) => parseAssignment("--input", text));
      const wish = readWish(ScheduleWish, {
        templateId: target(given, "a template"),
        cron: options.cron ?? "",
        timeZone: options.timeZone,
        name: options.name,
        inputs: Object.fromEntries(inputs.map(({ key, value }) => [key, value])),
        budgetUsd: budget === undefined || budget === null ? budget : toUsd(budget),
        missed: options.missed,
      });
      return show(context, [await schedules.create(wish)], options.json);
    }
    case "pause":
    case "resume": {
      const id = target(given, "a schedule");
      return show(context, [known(await schedules.change(id, { enabled: action === "resume" }), id)], options.json);
    }
    case "remove": {
      const id = target(given, "a schedule");
      known(await schedules.remove(id), id);
      if (options.json) context.console.json({ removed: id });
      return EXIT.ok;
    }
    default:
      throw unknownAction("schedules", action);
  }
}

function known<T>(found: T | undefined | false, id: string): T {
  if (found) return found;
  throw new WrongUse("UNKNOWN_SCHEDULE", `There is no schedule ${id}. See: npx throughline schedules list`);
}

function show({ console }: CommandContext, schedules: ScheduleView[], json: boolean): number {
  if (json) console.json({ schedules });
  else if (schedules.length === 0)
    console.print(["dim", 'No schedules. Make one with: npx throughline schedules create TEMPLATE --cron "0 9 * * 1"']);
  else
    for (const { id, enabled, templateId, cron, timeZone, name, next } of schedules) {
      const [first] = next;
      const due = enabled && first !== undefined ? `next ${when(first)} UTC` : "";
      console.print(
        id,
        "  ",
        (enabled ? "on" : "paused").padEnd(6),
        "  ",
        templateId,
        "  ",
        `${cron} ${timeZone}`,
        "  ",
        name,
        "  ",
        ["dim", due],
      );
    }
  return EXIT.ok;
}
