import { LIMITS } from "#lib/protocol/limits.ts";
import { parseJson } from "#lib/protocol/parse-json.ts";
import type { StartRun } from "#lib/runtime/studio-api.ts";
import type { CommandContext } from "./command-context.ts";
import { findTemplate, templateName } from "./find-template.ts";
import { gatherInputs } from "./gather-inputs.ts";
import { parseAssignment, parseBudget, parseChoice, parseCount, parseTakes } from "./parse-options.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { WrongUse } from "./wrong-use.ts";

/** The options of `run` and `estimate` that say what is to be run, as they were typed. */
export type PlanOptions = {
  input: string[];
  image: string[];
  to: string[];
  take: string[];
  concurrency?: string;
  budget?: string;
  inDoubt?: string;
};

/** A graph file's JSON: regular files up to 2 MiB. Throws WrongUse for the file and InvalidError for what is in it. */
export async function readGraphFile(context: CommandContext, file: string): Promise<unknown> {
  const bytes = await readRegularFile(file, { cwd: context.host.cwd, maxBytes: LIMITS.jsonBytes, what: "Graph" });
  return parseJson(bytes.toString("utf8"));
}

/** What a command names: a graph file, or a published template as `ID` or `ID@REVISION` where no file has that name. */
async function namedGraph(
  context: CommandContext,
  named: string,
  options: { concurrency?: number },
): Promise<Pick<StartRun, "graph" | "template">> {
  const name = templateName(named);
  try {
    return { graph: await readGraphFile(context, named) };
  } catch (error) {
    if (!name || !(error instanceof WrongUse) || error.code !== "FILE_UNREADABLE") throw error;
  }
  return await findTemplate(context, name, options);
}

/** A graph file or template and options as a request. Every option is read before a file is stored. Throws WrongUse, InvalidError, StepError (pictures). */
export async function planOf(context: CommandContext, file: string, options: PlanOptions): Promise<StartRun> {
  const inputs = options.input.map((text) => parseAssignment("--input", text));
  const images = options.image.map((text) => parseAssignment("--image", text));
  const takes = parseTakes(options.take);
  const request: Omit<StartRun, "graph"> = {
    to: options.to.length ? options.to : undefined,
    takes: options.take.length ? takes : undefined,
    concurrency: options.concurrency === undefined ? undefined : parseCount("--concurrency", options.concurrency),
    budgetMicro: options.budget === undefined ? undefined : parseBudget(options.budget),
    inDoubt:
      options.inDoubt === undefined
        ? undefined
        : parseChoice("--in-doubt", ["hold", "retry"] as const, options.inDoubt),
  };
  const { graph, template } = await namedGraph(context, file, request);
  const values = await gatherInputs(
    graph,
    { inputs, images },
    {
      readPicture: (file) =>
        readRegularFile(file, { cwd: context.host.cwd, maxBytes: LIMITS.uploadBytes, what: "Picture" }),
      async upload() {
        const studio = await context.studio(request);
        return (bytes) => studio.upload(bytes);
      },
    },
  );
  return { graph, inputs: values, ...request, ...(template ? { template } : {}) };
}
