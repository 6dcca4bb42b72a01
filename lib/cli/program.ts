import { Command, CommanderError, Option } from "commander";
import { declareArchive } from "./archive-program.ts";
import { type CommandContext, createContext } from "./command-context.ts";
import { escapeForTerminal } from "./console.ts";
import { EXIT } from "./exit-code.ts";
import type { CliHost } from "./host.ts";
import { reportFailure } from "./report-failure.ts";
import { declareWaysIn } from "./ways-in-program.ts";

const list = (value: string, before: string[]) => [...before, value];
const many = (flags: string, what: string) => new Option(flags, what).argParser(list).default([], "none");
const asJson = () => new Option("--json", "print one JSON document on stdout").default(false);
const asEvents = () => new Option("--events", "print the event stream as JSON lines").default(false).conflicts("json");

/** What is to be run: shared by `run` and `estimate`. */
const planned = (command: Command) =>
  command
    .addOption(many("--input <key=value>", "a value for one of the graph's inputs; repeat it for more"))
    .addOption(many("--image <key=FILE>", "a picture (file, address or asset) for an image input; repeat it for more"))
    .addOption(many("--to <NODE>", "run only what this node needs; repeat it for more"))
    .addOption(many("--take <NODE=N>", "another try of a node, in this run only"));

/** Which table is to be run: shared by `batch` and `estimate`. */
const tabled = (command: Command) =>
  command
    .option("--rows <FILE.csv>", "a table: a run for each of its rows")
    .addOption(many("--map <column=input>", "a column for an input of another name; repeat it for more"))
    .option("--combine <zip|product>", "rows as they stand, or every combination of what the columns hold");

/**
 * The `throughline` command line over a host. `run` takes the arguments after the program's name and gives the exit code; it never throws and never
 * ends the process. Commands are loaded when they are called, so that help and small commands start at once.
 */
export function createCli(host: CliHost): { run(args: readonly string[]): Promise<number> } {
  return {
    async run(args) {
      const context = createContext(host);
      let exitCode: number = EXIT.ok;
      const act = <A extends unknown[]>(work: (context: CommandContext, ...args: A) => Promise<number>) => {
        return async (...given: A) => {
          const options = given.find((value): value is A[number] & { json?: boolean } => typeof value === "object");
          try {
            exitCode = await work(context, ...given);
          } catch (error) {
            exitCode = reportFailure(context.console, error, options?.json === true);
          }
        };
      };
      try {
        await declareCommands(host, act).parseAsync([...args], { from: "user" });
      } catch (error) {
        if (!(error instanceof CommanderError)) exitCode = reportFailure(context.console, error, false);
        else exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.wrongUse;
      } finally {
        await context.close();
      }
      return exitCode;
    },
  };
}

export type Act = <A extends unknown[]>(
  work: (context: CommandContext, ...args: A) => Promise<number>,
) => (...args: A) => Promise<void>;

const escapeLines = (text: string) => text.split("\n").map(escapeForTerminal).join("\n");

function declareCommands(host: CliHost, act: Act): Command {
  const program = new Command("throughline")
    .description("Runs graphs of image generation: the same look, again and again, never paid for twice.")
    .version(host.version, "-V, --version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(escapeLines(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError("Add --help to see how it is used.")
    .addHelpText(
      "after",
      "\nExit codes: 0 succeeded · 1 failed · 2 wrong use or bad graph · 3 paused by a budget · 4 waiting for a person\n" +
        "            5 paused for quota, disk or a call in doubt · 130 cancelled or interrupted",
    );

  planned(program.command("run <GRAPH.json|TEMPLATE>").description("execute a graph or a published template here"))
    .option("--concurrency <N>", "provider calls in flight")
    .option("--out <DIR>", "write pictures, archive entries and run.json below this folder")
    .option("--budget <USD>", "the most this run may cost, or none")
    .option("--in-doubt <hold|retry>", "a call whose fate is unknown: hold it for a person, or send it again")
    .addOption(asJson())
    .addOption(asEvents())
    .action(
      act(async (context, file, options) => (await import("./commands/run.ts")).runCommand(context, file, options)),
    );

  tabled(planned(program.command("batch <GRAPH.json|TEMPLATE>").description("execute a graph once per row of a table")))
    .option("--concurrency <N>", "rows, and provider calls, at once")
    .option("--budget <USD>", "the most all rows may cost together, or none")
    .option("--only <failed|empty|stale|all|3,5-9>", "continue the latest batch of this graph and table; or these rows")
    .option("--batch <ID>", "the batch to continue")
    .option("--in-doubt <hold|retry>", "a call whose fate is unknown: hold it for a person, or send it again")
    .option("--out <DIR>", "write files and rows.csv below this folder")
    .addOption(asJson())
    .addOption(asEvents())
    .action(
      act(async (context, file, options) => (await import("./commands/batch.ts")).batchCommand(context, file, options)),
    );

  tabled(
    planned(
      program.command("estimate <GRAPH.json|TEMPLATE>").description("what a run would cost now; cached parts are free"),
    ),
  )
    .addOption(asJson())
    .action(
      act(async (context, file, options) =>
        (await import("./commands/estimate.ts")).estimateCommand(context, file, options),
      ),
    );

  program
    .command("check <GRAPH.json>")
    .description("every problem of a graph with node, port and reason")
    .addOption(asJson())
    .action(
      act(async (context, file, options) => (await import("./commands/check.ts")).checkCommand(context, file, options)),
    );

  program
    .command("resume <RUN|BATCH>")
    .description("go on after a crash, a cancel, a pause or a failure")
    .option("--budget <USD>", "a new most for the run or the batch, or none")
    .option("--in-doubt <retry|give-up>", "what becomes of calls whose fate is unknown")
    .option("--out <DIR>", "write pictures, archive entries and run.json below this folder")
    .addOption(asJson())
    .addOption(asEvents())
    .action(
      act(async (context, run, options) => (await import("./commands/resume.ts")).resumeCommand(context, run, options)),
    );

  program
    .command("answer <RUN> <NODE[@PASS]>")
    .description("decide a waiting step")
    .option("--approve", "let it pass")
    .option("--reject", "turn it down")
    .option("--picks <0,2,…>", "the pictures that are approved, by their numbers from 0 on")
    .option("--notes <TEXT>", "send it back with notes, or add them to the decision")
    .option("--answer <FILE.json>", "the whole answer as JSON")
    .addOption(asJson())
    .action(
      act(async (context, run, step, options) =>
        (await import("./commands/answer.ts")).answerCommand(context, run, step, options),
      ),
    );

  program
    .command("runs")
    .description("the latest runs")
    .option("--limit <N>", "how many (20)")
    .option("--before <RUN>", "continue a list")
    .option("--status <STATUS>", "only these")
    .addOption(asJson())
    .action(act(async (context, options) => (await import("./commands/runs.ts")).runsCommand(context, options)));

  program
    .command("show <RUN>")
    .description("one run with all its steps")
    .addOption(asJson())
    .action(
      act(async (context, run, options) => (await import("./commands/show.ts")).showCommand(context, run, options)),
    );

  declareArchive(program, act);

  program
    .command("export [RUN|TEMPLATE|GRAPH]")
    .description(
      "write the files of a run that has been; or a template, a stored graph or an archive entry as a file others can import",
    )
    .option("--out <DIR>", "the folder to write below")
    .option("--entry <ID>", "an archive entry with all that remaking it takes: --bundle says where to")
    .option("--bundle <FILE.zip>", "the file of the entry's bundle")
    .option("--with-cache", "with everything that was made on the way, so that remaking calls nobody")
    .option(
      "--as <FORMAT>",
      "a template or graph as one JSON file (json) or as a bundle with its pictures (zip); final pictures of a run or an entry as original, png, jpeg, webp or psd",
    )
    .option("--table <FILE.csv>", "a table to go with the bundle")
    .option("--size <PIXELS>", "pictures: the longest side, where they are larger")
    .option("--quality <1-100>", "pictures: of JPEG and WebP (90)")
    .option("--credentials <keep|sign|strip>", "pictures: content credentials (keep)")
    .option("--no-metadata", "pictures: without title, alt text and how they were made")
    .option("--with-graph", "pictures: a PNG carries the graph that made it")
    .addOption(asJson())
    .action(
      act(async (context, run, options) => (await import("./commands/export.ts")).exportCommand(context, run, options)),
    );

  program
    .command("import <FILE>")
    .description(
      "store a graph (JSON), a template, a bundle (zip) or the graph in a picture so that the studio shows it",
    )
    .option("--id <ID>", "under another id")
    .option("--replace", "as a new revision of a stored graph", false)
    .option("--allow", "let its runs contact the hosts it names", false)
    .addOption(asJson())
    .action(
      act(async (context, file, options) =>
        (await import("./commands/import.ts")).importCommand(context, file, options),
      ),
    );

  program
    .command("publish <GRAPH|GRAPH.json>")
    .description("make the next revision of a template from a stored graph, by its id")
    .option("--notes <TEXT>", "what changed")
    .option("--description <TEXT>", "one sentence for whoever fills in the form")
    .option("--cover <ASSET>", "the asset of its cover picture")
    .option("--form <FILE.json>", "the layout of its form; left out: as it was")
    .addOption(asJson())
    .action(
      act(async (context, graph, options) =>
        (await import("./commands/publish.ts")).publishCommand(context, graph, options),
      ),
    );

  program
    .command("templates [TEMPLATE]")
    .description("what is published, or the revisions of one template")
    .option("--current <REVISION>", "the revision that runs from now on")
    .option("--unpublish", "nothing runs from it any more", false)
    .addOption(asJson())
    .action(
      act(async (context, id, options) =>
        (await import("./commands/templates.ts")).templatesCommand(context, id, options),
      ),
    );

  declareSheets(program.command("sheets").description("the library of spec sheets: list, show, export, import"), act);

  program
    .command("fsck")
    .description("check that every stored byte and row fits together")
    .addOption(asJson())
    .action(act(async (context, options) => (await import("./commands/fsck.ts")).fsckCommand(context, options)));

  program
    .command("gc")
    .description("remove assets that nothing names any more")
    .option("--dry-run", "only say what would go", false)
    .addOption(asJson())
    .action(act(async (context, options) => (await import("./commands/gc.ts")).gcCommand(context, options)));

  program
    .command("keys")
    .description("whether a provider key is set, and how to set one")
    .addOption(asJson())
    .action(act(async (context, options) => (await import("./commands/keys.ts")).keysCommand(context, options)));

  program
    .command("simulator")
    .description("serve the stand-in provider as an OpenAI-compatible server")
    .option("--port <N>", "the port to listen at (0 = any)", "4010")
    .addOption(asJson())
    .action(
      act(async (context, options) => (await import("./commands/simulator.ts")).simulatorCommand(context, options)),
    );

  declareWaysIn(program, act);
  return program;
}

function declareSheets(sheets: Command, act: Act): void {
  const load = () => import("./commands/sheets.ts");
  sheets
    .command("list [QUERY]", { isDefault: true })
    .description("sheets that hold every word of the query; all of them without one")
    .option("--tag <TAG>", "only these")
    .option("--archived", "what was put away", false)
    .option("--limit <N>", "how many (50)")
    .addOption(asJson())
    .action(act(async (context, query, options) => (await load()).listSheets(context, query, options)));
  sheets
    .command("show <SHEET[@VERSION]>")
    .description("a sheet as it is sent, with its versions")
    .addOption(asJson())
    .action(act(async (context, sheet, options) => (await load()).showSheet(context, sheet, options)));
  sheets
    .command("export <SHEET[@VERSION]>")
    .description("write a sheet and those it extends as a file")
    .requiredOption("--out <DIR>", "the folder to write below")
    .option("--as <json|zip>", "one JSON file, or a zip with its pictures", "json")
    .addOption(asJson())
    .action(act(async (context, sheet, options) => (await load()).exportSheet(context, sheet, options)));
  sheets
    .command("import <FILE>")
    .description("take in a .sheet.json or its zip")
    .option("--replace", "a sheet of the same name gets a new version", false)
    .addOption(asJson())
    .action(act(async (context, file, options) => (await load()).importSheet(context, file, options)));
}
