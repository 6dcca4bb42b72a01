import { wayOf } from "../engine/settle.ts";
import type { Catalogue } from "../engine/types.ts";
import { InvalidError, type Problem } from "../protocol/problems.ts";
import { plainIssues } from "../sdk/plain-issues.ts";
import { type Registry, schemaOf } from "../sdk/registry.ts";
import { planOfRun } from "./graph-of-run.ts";
import type { Journal } from "./ports.ts";

type Ports = { journal: Journal; registry: Registry; catalogue: Catalogue };

/**
 * The decision on a waiting step as its node type reads it, defaults filled in. Throws InvalidError with one problem per mistake, each naming its
 * field. Where nothing waits there is nothing to check: the journal says what is the matter.
 */
export async function checkAnswer(
  { journal, registry, catalogue }: Ports,
  runId: string,
  nodeId: string,
  pass: number,
  answer: unknown,
): Promise<unknown> {
  const run = await journal.getRun(runId);
  const record = run && (await journal.steps(runId)).find((step) => step.nodeId === nodeId && step.pass === pass);
  if (!run || record?.state !== "waiting" || record.answer !== undefined) return answer;
  const plan = (await planOfRun({ journal, catalogue }, run))?.plan;
  const node = plan?.nodes.get(nodeId);
  const definition = node && registry.get(node.shape.type);
  if (!plan || !node || !definition?.answer) return answer;
  const wrong = (found: Omit<Problem, "level" | "node">[]): never => {
    throw new InvalidError(
      found.map((one) => ({
        ...one,
        level: "error",
        node: nodeId,
        code: one.code === "BAD_SETTING" ? "BAD_ANSWER" : one.code,
      })),
    );
  };
  const parsed = definition.answer.safeParse(answer, { reportInput: true });
  if (!parsed.success) return wrong(plainIssues(parsed.error.issues, schemaOf(definition.answer)));
  const items = record.items.flatMap(({ index, state, about = [] }) => (state === "waiting" ? [{ index, about }] : []));
  const asked = { items, way: (port: string) => wayOf(plan, nodeId, pass, port) };
  const found = definition.checkAnswer?.(parsed.data, asked, node.config) ?? [];
  return found.length > 0 ? wrong(found) : parsed.data;
}
