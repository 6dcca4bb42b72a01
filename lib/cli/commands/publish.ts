import { hasErrors, InvalidError } from "#lib/protocol/problems.ts";
import { PublishBody } from "#lib/protocol/templates.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { readGraphFile } from "../plan-run.ts";
import { WrongUse } from "../wrong-use.ts";

export type PublishOptions = { notes?: string; description?: string; cover?: string; form?: string; json: boolean };

/** `publish GRAPH`: a stored graph, by its id or as a file that is stored first, becomes the next revision of its template. */
export async function publishCommand(
  context: CommandContext,
  named: string,
  { notes, description, cover, form, json }: PublishOptions,
): Promise<number> {
  const studio = await context.studio();
  const graphId = /\.json$/i.test(named) ? await storeFile(context, named) : named;
  const current = await studio.templates.get(graphId);
  const wish = PublishBody.safeParse({
    notes,
    description: description ?? current?.description,
    cover: cover ?? current?.cover,
    form: form === undefined ? current?.form : await readGraphFile(context, form),
  });
  if (!wish.success) {
    const [issue] = wish.error.issues;
    throw new WrongUse("BAD_OPTION", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  const made = await studio.templates.publish(graphId, wish.data);
  if (!made)
    throw new WrongUse("UNKNOWN_GRAPH", `No graph ${graphId} is stored. Store one with: npx throughline import FILE`);
  if (json) context.console.json(made);
  else context.console.print(`${graphId} is published as revision ${made.revision}: npx throughline run ${graphId}`);
  return EXIT.ok;
}

/** Stores a graph file as the newest revision of the graph it holds; one that is stored just so already is left as it is. */
async function storeFile(context: CommandContext, file: string): Promise<string> {
  const json = await readGraphFile(context, file);
  const studio = await context.studio();
  const { graph, problems } = await studio.check(json);
  if (!graph || hasErrors(problems)) throw new InvalidError(problems);
  const current = await studio.graph(graph.id);
  const outcome = await studio.saveGraph(graph.id, json, current?.etag);
  if (!("saved" in outcome)) throw new WrongUse("GRAPH_EXISTS", `Somebody saved ${graph.id} just now. Try again.`);
  return graph.id;
}
