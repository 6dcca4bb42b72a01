import type { TemplateRef } from "#lib/protocol/templates.ts";
import type { CommandContext } from "./command-context.ts";
import { WrongUse } from "./wrong-use.ts";

/** `hero` or `hero@3`, as a command names a template; undefined for anything that is a path. */
export function templateName(text: string): { id: string; revision?: number } | undefined {
  const [, id, revision] = /^([A-Za-z0-9._-]{1,100}?)(?:@(\d{1,9}))?$/.exec(text) ?? [];
  if (id === undefined || /\.json$/i.test(id)) return undefined;
  return { id, ...(revision === undefined ? {} : { revision: Number(revision) }) };
}

/** The document of a published template. Throws WrongUse when there is none. */
export async function findTemplate(
  context: CommandContext,
  { id, revision }: { id: string; revision?: number },
  options: { concurrency?: number } = {},
): Promise<{ graph: unknown; template: TemplateRef }> {
  const studio = await context.studio(options);
  const found = (await studio.templates.get(id)) && (await studio.templates.get(id, revision));
  if (!found) {
    const which = revision === undefined ? "" : ` with a revision ${revision}`;
    throw new WrongUse("UNKNOWN_TEMPLATE", `There is neither a file ${id} nor a published template ${id}${which}.`);
  }
  return { graph: found.graph, template: { id, revision: found.revision } };
}
