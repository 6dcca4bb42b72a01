import type { Readable } from "node:stream";
import { SecretBody, SecretName } from "#lib/protocol/hooks.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { readWish, target, unknownAction } from "../ways-in-options.ts";
import { when } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";

/** Longest secret that is read (characters). */
const MOST = 4096;

/** `secrets`: lists, stores and removes secrets by name. A secret comes by standard input, never as an argument that other users of the machine see. */
export async function secretsCommand(
  context: CommandContext,
  action: string,
  given: string | undefined,
  options: { json: boolean; origin?: string },
): Promise<number> {
  const { console } = context;
  const { secrets } = await context.studio();
  if (action === "list") {
    const all = await secrets.list();
    if (options.json) console.json({ secrets: all });
    else if (all.length === 0) console.print(["dim", "No secrets."]);
    else
      for (const { name, origin, createdAt, ready } of all)
        console.print(name, "  ", origin, "  ", [
          "dim",
          ready ? when(createdAt) : "cannot be opened here: set it again",
        ]);
    return EXIT.ok;
  }
  const name = target(given, "a secret, like cms");
  if (!SecretName.safeParse(name).success)
    throw new WrongUse("BAD_OPTION", `${name}: a name has small letters, digits and - only.`);
  if (action === "set") {
    const secret = await firstLine((await context.host.pipe()).stdin);
    const stored = await secrets.put(name, readWish(SecretBody, { secret, origin: options.origin ?? "" }));
    if (options.json) console.json(stored);
    else console.print("Stored for ", ["bold", stored.origin], ". It can be replaced or removed, never read.");
    return EXIT.ok;
  }
  if (action !== "remove") throw unknownAction("secrets", action);
  if (!(await secrets.remove(name))) throw new WrongUse("UNKNOWN_SECRET", `There is no secret ${name}.`);
  if (options.json) console.json({ removed: name });
  return EXIT.ok;
}

async function firstLine(stdin: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stdin) {
    text += chunk;
    if (text.length > MOST || text.includes("\n")) break;
  }
  return (text.split("\n")[0] ?? "").trim();
}
