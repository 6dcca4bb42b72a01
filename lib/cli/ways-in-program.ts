import { type Command, Option } from "commander";
import type { Act } from "./program.ts";

const list = (value: string, before: string[]) => [...before, value];
const many = (flags: string, what: string) => new Option(flags, what).argParser(list).default([], "none");
const asJson = () => new Option("--json", "print one JSON document on stdout").default(false);

/** Ways in and out: hooks, schedules, secrets and tools for assistants. */
export function declareWaysIn(program: Command, act: Act): void {
  program
    .command("hooks <list|create|enable|disable|rotate|remove> [TARGET]")
    .description("addresses at which a signed request runs a template; TARGET is a template or a hook")
    .option("--name <TEXT>", "create: what it is called")
    .addOption(many("--map <input=path>", "create: where an input's value stands in the body, like title=post.title"))
    .addOption(many("--input <key=value>", "create: a value that is the same every time"))
    .option("--budget <USD>", "create: the most each run may cost, or none")
    .option("--day-budget <USD>", "create: the most its runs of one day may cost, or none")
    .option("--per-minute <N>", "create: deliveries taken in a minute (30)")
    .addOption(asJson())
    .action(
      act(async (context, action, target, options) =>
        (await import("./commands/hooks.ts")).hooksCommand(context, action, target, options),
      ),
    );

  program
    .command("schedules <list|create|pause|resume|remove> [TARGET]")
    .description("runs of a template at set times; TARGET is a template or a schedule")
    .option("--cron <EXPRESSION>", 'create: five fields, like "0 9 * * 1"')
    .option("--time-zone <ZONE>", "create: an IANA name (UTC)")
    .option("--name <TEXT>", "create: what it is called")
    .addOption(many("--input <key=value>", "create: a value for one of the template's inputs"))
    .option("--budget <USD>", "create: the most each run may cost, or none")
    .option("--missed <once|skip>", "create: what becomes of times at which nobody was there (once)")
    .addOption(asJson())
    .action(
      act(async (context, action, target, options) =>
        (await import("./commands/schedules.ts")).schedulesCommand(context, action, target, options),
      ),
    );

  program
    .command("secrets <list|set|remove> [NAME]")
    .description("secrets that signed messages name; set reads the secret from standard input")
    .option("--origin <URL>", "set: the one address it is used for")
    .addOption(asJson())
    .action(
      act(async (context, action, name, options) =>
        (await import("./commands/secrets.ts")).secretsCommand(context, action, name, options),
      ),
    );

  program
    .command("mcp")
    .description("serve the published templates as tools for assistants, over standard input and output")
    .action(act(async (context) => (await import("./commands/mcp.ts")).mcpCommand(context)));
}
