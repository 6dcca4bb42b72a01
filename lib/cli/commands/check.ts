import { hasErrors } from "#lib/protocol/problems.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { readGraphFile } from "../plan-run.ts";
import { count } from "../words.ts";
import { problemLine, writeInvalid } from "../write-problems.ts";

/** `check GRAPH.json`: every problem with node, port and reason. Warnings alone leave the graph valid. */
export async function checkCommand(context: CommandContext, file: string, options: { json: boolean }): Promise<number> {
  const json = await readGraphFile(context, file);
  const { graph, problems } = await (await context.studio()).check(json);
  if (hasErrors(problems)) {
    writeInvalid(context.console, problems, options.json);
    return EXIT.wrongUse;
  }
  for (const problem of problems) context.console.say(...problemLine(problem));
  if (options.json) context.console.json({ status: "valid", problems });
  else {
    const { nodes = [], edges = [] } = graph ?? {};
    context.console.print(["green", "valid"], `  ${count(nodes.length, "node")}, ${count(edges.length, "edge")}`);
  }
  return EXIT.ok;
}
