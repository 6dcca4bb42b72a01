import { LIMITS } from "#lib/protocol/limits.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseCount } from "../parse-options.ts";
import { when } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";

export type TemplatesOptions = { current?: string; unpublish: boolean; json: boolean };

/** `templates [ID]`: what is published; with an id its revisions, which of them is current, or that none is any more. */
export async function templatesCommand(
  context: CommandContext,
  id: string | undefined,
  options: TemplatesOptions,
): Promise<number> {
  const { templates } = await context.studio();
  if (id === undefined) {
    if (options.current !== undefined || options.unpublish)
      throw new WrongUse("BAD_OPTION", "Say of which template: throughline templates ID …");
    const rows = await templates.list({ limit: LIMITS.listPage });
    if (options.json) context.console.json({ templates: rows });
    else if (rows.length === 0)
      context.console.print(["dim", "Nothing is published yet: npx throughline publish GRAPH"]);
    else
      for (const row of rows)
        context.console.print(row.id.padEnd(28), ` ${String(row.revision).padStart(3)}  `, row.name);
    return EXIT.ok;
  }
  if (options.current !== undefined && !(await templates.makeCurrent(id, parseCount("--current", options.current))))
    throw new WrongUse("UNKNOWN_TEMPLATE", `The template ${id} has no revision ${options.current}.`);
  if (options.unpublish && !(await templates.unpublish(id)))
    throw new WrongUse("UNKNOWN_TEMPLATE", `${id} is not published.`);
  const rows = await templates.revisions(id, { limit: LIMITS.listPage });
  if (rows.length === 0) throw new WrongUse("UNKNOWN_TEMPLATE", `There is no template ${id}.`);
  if (options.json) context.console.json({ revisions: rows });
  else
    for (const row of rows)
      context.console.print(
        row.current ? ["green", "current "] : "        ",
        `${String(row.revision).padStart(3)}  ${when(row.publishedAt)}  `,
        ["dim", row.notes.split("\n")[0] ?? ""],
      );
  return EXIT.ok;
}
