import { type Command, Option } from "commander";
import type { Act } from "./program.ts";

const list = (value: string, before: string[]) => [...before, value];
const asJson = () => new Option("--json", "print one JSON document on stdout").default(false);

/** `archive` and `remake`: finding finished pictures, and making them again. */
export function declareArchive(program: Command, act: Act): void {
  program
    .command("archive [QUERY]")
    .description('search what was archived: prompts, titles, tags, inputs and names; "two words" together')
    .option("--run <RUN>", "only entries of this run")
    .option("--graph <ID>", "only of this graph")
    .option("--template <ID>", "only of this template")
    .option("--model <NAME>", "only drawn by this model")
    .option("--verdict <WORD>", "only pass, iterate, restart, reject or none")
    .option("--collection <NAME>", 'only in this collection ("" = in none)')
    .addOption(new Option("--tag <TAG>", "only with this tag; again for more").argParser(list).default([], "none"))
    .option("--since <DATE>", "archived on this day or later (2026-11-20)")
    .option("--until <DATE>", "archived before this day")
    .option("--starred", "only starred ones")
    .option("--simulated <yes|no>", "only drawn by the simulator, or only by a model")
    .option("--deleted", "what lies in the bin instead")
    .option("--best", "the best fit first instead of the newest")
    .option("--limit <N>", "how many (20)")
    .option("--before <NEXT>", "continue a list")
    .addOption(asJson())
    .action(
      act(async (context, query, options) =>
        (await import("./commands/archive.ts")).archiveCommand(context, query, options),
      ),
    );

  program
    .command("remake <ENTRY>")
    .description("make an archived picture again from its record; what the cache has costs nothing")
    .option("--budget <USD>", "the most this run may cost, or none")
    .option("--similar", "another take of the node that drew last instead")
    .option("--anyway", "also where another provider draws than the one that drew it")
    .option("--out <DIR>", "write pictures, archive entries and run.json below this folder")
    .addOption(asJson())
    .addOption(new Option("--events", "print the event stream as JSON lines").default(false).conflicts("json"))
    .action(
      act(async (context, entry, options) =>
        (await import("./commands/remake.ts")).remakeCommand(context, entry, options),
      ),
    );
}
