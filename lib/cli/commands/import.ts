import { hasErrors, InvalidError } from "#lib/protocol/problems.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { readGraphFile } from "../plan-run.ts";
import { WrongUse } from "../wrong-use.ts";

/** `import GRAPH.json`: stores a graph under its id so that the studio shows it; an existing one only with `--replace`. */
export async function importCommand(
  context: CommandContext,
  file: string,
  options: { id?: string; replace: boolean; json: boolean },
): Promise<number> {
  const json = await readGraphFile(context, file);
  const studio = await context.studio();
  const { graph, problems } = await studio.check(json);
  if (!graph) throw new InvalidError(problems);
  if (hasErrors(problems)) context.console.say(["yellow", "The graph cannot run as it is; it is stored all the same."]);
  const id = options.id ?? graph.id;
  const current = options.replace ? await studio.graph(id) : undefined;
  const outcome = await studio.saveGraph(id, json, current?.etag);
  if (!("saved" in outcome)) {
    throw new WrongUse(
      "GRAPH_EXISTS",
      `A graph ${id} is stored already; add --replace for a new revision, or --id for another name.`,
    );
  }
  const { saved, created } = outcome;
  if (options.json) context.console.json({ id, revision: saved.revision, etag: saved.etag, created });
  else context.console.print(`${id} is stored as revision ${saved.revision}.`);
  return EXIT.ok;
}
