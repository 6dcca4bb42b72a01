import type { Plan, PlanNode } from "../../engine/types.ts";
import { StepError } from "../../protocol/failure.ts";
import type { SheetUse, SheetUseNow } from "../../protocol/library.ts";
import { type Problem, problem } from "../../protocol/problems.ts";
import { formatSheetRef, parseSheetRef } from "../../protocol/sheet-ref.ts";
import type { Registry } from "../../sdk/registry.ts";
import type { Library } from "../ports.ts";
import { type ResolvedSheet, resolveSheet } from "./resolve-sheet.ts";
import { type SheetSetting, sheetFields } from "./sheet-settings.ts";

type Found = { uses: SheetUseNow[]; problems: Problem[] };

/** The settings of a plan that name sheets, inputs filled in. What is muted needs none. */
export function sheetsOfPlan(registry: Registry, plan: Plan): SheetSetting[] {
  return [...plan.nodes.values()].flatMap((node) =>
    node.muted
      ? []
      : sheetFields(registry, node.shape.type).flatMap((field) => {
          const ref = node.config[field];
          return typeof ref === "string" && ref.trim() !== "" ? [{ nodeId: node.id, field, ref }] : [];
        }),
  );
}

/**
 * Where these settings lead now. What went out under a sheet is kept by its hash before anybody can name it, so a run can be repeated whatever
 * becomes of the library.
 */
export async function findSheets(library: Library, settings: readonly SheetSetting[]): Promise<Found> {
  const resolved = new Map<string, Promise<ResolvedSheet>>();
  const found: Found = { uses: [], problems: [] };
  for (const { nodeId, field, ref } of settings) {
    const parsed = parseSheetRef(ref);
    try {
      if (!parsed) throw new StepError("BAD_SETTING", `"${ref.slice(0, 80)}" names no sheet of the library.`);
      const name = formatSheetRef(parsed);
      if (!resolved.has(name)) resolved.set(name, resolveAndKeep(library, parsed));
      const sheet = (await resolved.get(name)) as ResolvedSheet;
      const behind = sheet.chain.slice(1).map(({ id, version }) => `${id}@${version}`);
      found.uses.push({
        ...{ nodeId, field, ref, id: sheet.id, name: sheet.name, version: sheet.version, hash: sheet.hash },
        follows: parsed.version === undefined,
        ...(behind.length > 0 ? { extends: behind } : {}),
        newest: sheet.newest,
      });
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      found.problems.push(problem(error.code, error.message, { node: nodeId, field }));
    }
  }
  return found;
}

async function resolveAndKeep(library: Library, ref: { id: string; version?: number }): Promise<ResolvedSheet> {
  const sheet = await resolveSheet(library, ref);
  const { text, samples } = sheet;
  // Asked first: estimates and the rows of a table look here all the time, and writing is what costs.
  if (!(await library.sheetSnapshot(sheet.hash))) await library.putSheetSnapshot(sheet.hash, { text, samples });
  return sheet;
}

/**
 * A plan in which every sheet is named by version and content: `house-style@3#<hash>`. So the cache key of the node that takes it in sees the very
 * words, and a run that goes on tomorrow still means those of today.
 */
export function withSheets(plan: Plan, uses: readonly SheetUse[]): Plan {
  if (uses.length === 0) return plan;
  const byNode = Map.groupBy(uses, ({ nodeId }) => nodeId);
  const nodes = new Map<string, PlanNode>();
  for (const [id, node] of plan.nodes) {
    const named = (byNode.get(id) ?? []).map(({ field, id: sheet, version, hash }) => [
      field,
      `${sheet}@${version}#${hash}`,
    ]);
    nodes.set(id, named.length > 0 ? { ...node, config: { ...node.config, ...Object.fromEntries(named) } } : node);
  }
  return { ...plan, nodes };
}
