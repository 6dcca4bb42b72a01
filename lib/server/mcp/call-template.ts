import type { GraphInput } from "../../protocol/graph.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { runResult, type ToolResult } from "./run-result.ts";

/** How a call is carried out: who executes the run, what its end means, and where progress goes. */
export type CallWays = {
  /** Executes the run here, where no worker of this process takes it. */
  drive?(runId: string): Promise<unknown>;
  /** The caller gave up. */
  signal: AbortSignal;
  /** What a caller that gives up means for the run: over a pipe it cancels it, over a network it may only have lost the line. */
  abandoned: "cancel" | "leave";
  progress?(progress: number, total: number, message: string): Promise<void>;
  pageOf(path: string): string;
};

const failure = (text: string): ToolResult => ({ content: [{ type: "text", text }], isError: true });

/** Runs a template with what an assistant gave and waits until it rests. What is wrong with the arguments is told as the tool's answer. */
export async function callTemplate(
  studio: Studio,
  template: { id: string; revision: number; inputs: readonly GraphInput[] },
  args: Record<string, unknown>,
  ways: CallWays,
): Promise<ToolResult> {
  let runId: string;
  try {
    const inputs = await withUploads(studio, template.inputs, args);
    ({ runId } = await studio.templates.startRun(template.id, { inputs, revision: template.revision }));
  } catch (error) {
    const told = tellable(error);
    if (told !== undefined) return failure(`Nothing was started. ${told}`);
    throw error;
  }
  const driven = ways.drive?.(runId).catch(() => {});
  try {
    await follow(studio, runId, ways);
    await (ways.signal.aborted ? undefined : driven);
  } finally {
    if (ways.signal.aborted && ways.abandoned === "cancel") await studio.cancel(runId);
  }
  return describeRun(studio, runId, ways.pageOf);
}

/** A run by its id, as it is now. */
export async function describeRun(studio: Studio, runId: string, pageOf: CallWays["pageOf"]): Promise<ToolResult> {
  const run = await studio.run(runId);
  return run ? runResult(studio, run, pageOf) : failure(`There is no run ${runId}.`);
}

async function follow(studio: Studio, runId: string, { signal, progress }: CallWays): Promise<void> {
  let total = 1;
  let done = 0;
  let shown = 0;
  for await (const event of studio.events(runId, 0, signal)) {
    if (event.type === "run.started") total = Math.max(1, event.nodes);
    if (event.type === "step.done" || event.type === "step.cached" || event.type === "step.skipped") done += 1;
    const message =
      event.type === "step.started"
        ? `${event.nodeId} runs`
        : event.type === "step.done"
          ? `${event.nodeId} is done`
          : event.type === "step.cached"
            ? `${event.nodeId} was there already`
            : event.type === "step.progress"
              ? (event.message ?? `${event.nodeId} goes on`)
              : event.type === "call.sent"
                ? `${event.nodeId} is being drawn`
                : undefined;
    if (message === undefined) continue;
    // It may only grow, also where a loop does a step again.
    shown = Math.max(shown + 0.001, Math.min(done, total - 0.5));
    await progress?.(shown, total, message).catch(() => {});
  }
}

/** Pictures that came as data: addresses are stored first; everything else is for the engine to judge. */
async function withUploads(
  studio: Pick<Studio, "upload">,
  inputs: readonly GraphInput[],
  args: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const pictures = new Set(inputs.filter(({ type }) => type === "image").map(({ key }) => key));
  const stored = async (key: string, value: unknown): Promise<unknown> => {
    if (typeof value !== "string" || !value.startsWith("data:")) return value;
    const [, data] = /^data:image\/[a-z+.-]{1,30};base64,([A-Za-z0-9+/=\s]+)$/.exec(value) ?? [];
    if (data === undefined)
      throw new InvalidError([
        problem("BAD_INPUT", `The input "${key}" is no data: address of a picture.`, { field: key }),
      ]);
    return { asset: (await studio.upload(Buffer.from(data, "base64"))).asset };
  };
  const entries = await Promise.all(
    Object.entries(args).map(async ([key, value]): Promise<[string, unknown]> => {
      if (!pictures.has(key)) return [key, value];
      return [
        key,
        Array.isArray(value) ? await Promise.all(value.map((one) => stored(key, one))) : await stored(key, value),
      ];
    }),
  );
  return Object.fromEntries(entries);
}

function tellable(error: unknown): string | undefined {
  if (error instanceof InvalidError) return error.problems.map(({ message }) => message).join(" ");
  return error instanceof Error && error.name === "StepError" ? error.message : undefined;
}
