import { hasErrors } from "#lib/protocol/problems.ts";
import { batchRequestOf, type TableOptions } from "../batch-request.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { planOf } from "../plan-run.ts";
import { count, money } from "../words.ts";
import { problemLine, writeInvalid } from "../write-problems.ts";

/** `estimate GRAPH.json`: the most a run would cost now, cached parts free. Nothing is started. */
export async function estimateCommand(
  context: CommandContext,
  file: string,
  options: TableOptions & { json: boolean },
): Promise<number> {
  if (options.rows !== undefined) return await estimateTable(context, file, options);
  const request = await planOf(context, file, options);
  const estimate = await (await context.studio()).estimate(request);
  if (hasErrors(estimate.problems)) {
    writeInvalid(context.console, estimate.problems, options.json);
    return EXIT.wrongUse;
  }
  for (const problem of estimate.problems) context.console.say(...problemLine(problem));
  if (options.json) {
    context.console.json(estimate);
    return EXIT.ok;
  }
  const width = Math.max(12, ...estimate.nodes.map((node) => node.nodeId.length + 2));
  for (const node of estimate.nodes) {
    const cached = node.cachedItems ? `${node.cachedItems} cached` : "";
    const calls = node.calls ? count(node.calls, "call") : "";
    context.console.print(`${node.nodeId.padEnd(width)} ${money(node.costUsd).padEnd(9)} `, [
      "dim",
      [calls, cached].filter(Boolean).join(", "),
    ]);
  }
  context.console.print(["bold", `at most ${money(estimate.costUsd)}`], ` · ${count(estimate.calls, "paid call")}`);
  if (estimate.simulated) context.console.print(["dim", "No key is set: the simulator draws and nothing is charged."]);
  return EXIT.ok;
}

/** `--rows FILE.csv`: the whole table, cached rows free and what rows share counted once. */
async function estimateTable(
  context: CommandContext,
  file: string,
  options: TableOptions & { json: boolean },
): Promise<number> {
  const request = await batchRequestOf(context, file, options);
  const estimate = await (await context.studio()).batches.estimate(request);
  for (const problem of estimate.problems) context.console.say(...problemLine(problem));
  if (options.json) {
    context.console.json(estimate);
    return EXIT.ok;
  }
  const free = estimate.freeRows ? `, ${count(estimate.freeRows, "row")} free` : "";
  context.console.print(
    ["bold", `at most ${money(estimate.costUsd)}`],
    ` · ${count(estimate.calls, "paid call")} for ${count(estimate.rows, "row")}${free}`,
  );
  if (estimate.lookedAt < estimate.rows)
    context.console.print([
      "dim",
      `${estimate.lookedAt} rows were looked at; the others are taken to cost as much as the dearest.`,
    ]);
  if (estimate.simulated) context.console.print(["dim", "No key is set: the simulator draws and nothing is charged."]);
  return EXIT.ok;
}
