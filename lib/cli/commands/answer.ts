import { LIMITS } from "#lib/protocol/limits.ts";
import { parseJson } from "#lib/protocol/parse-json.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseCount, parseStep } from "../parse-options.ts";
import { readRegularFile } from "../read-regular-file.ts";
import { WrongUse } from "../wrong-use.ts";

export type AnswerOptions = {
  approve?: boolean;
  reject?: boolean;
  picks?: string;
  notes?: string;
  answer?: string;
  json: boolean;
};

/** The short forms of an answer: approve (some), reject, or send back with notes. Notes may go with any of them. */
function shortAnswer({ approve, reject, picks, notes }: AnswerOptions): Record<string, unknown> {
  const decision = approve ? "approve" : reject ? "reject" : "revise";
  return {
    decision,
    ...(picks === undefined ? {} : { picks: picks.split(",").map((pick) => parseCount("--picks", pick.trim(), 0)) }),
    ...(notes === undefined ? {} : { notes }),
  };
}

/** `answer RUN NODE[@PASS] …`: decides a waiting step. The run is queued again; `resume` carries it on where no server does. */
export async function answerCommand(
  context: CommandContext,
  runId: string,
  step: string,
  options: AnswerOptions,
): Promise<number> {
  const ways = [options.approve, options.reject, options.answer !== undefined].filter(Boolean).length;
  if (ways > 1 || (ways === 0 && options.notes === undefined)) {
    throw new WrongUse("BAD_OPTION", "Give one of --approve, --reject, --notes TEXT or --answer FILE.json.");
  }
  const { nodeId, pass } = parseStep(step);
  const answer =
    options.answer === undefined
      ? shortAnswer(options)
      : parseJson(
          (
            await readRegularFile(options.answer, { cwd: context.host.cwd, maxBytes: LIMITS.jsonBytes, what: "Answer" })
          ).toString("utf8"),
        );
  const outcome = await (await context.studio()).answer(runId, nodeId, pass, answer, "the command line");
  if (outcome === "unknown")
    throw new WrongUse("UNKNOWN_STEP", `No step ${step} of a run ${runId} is in this data folder.`);
  if (outcome === "not-waiting")
    throw new WrongUse("NOT_WAITING", `Step ${step} of ${runId} does not wait for an answer.`);
  if (outcome === "already")
    throw new WrongUse("ALREADY_ANSWERED", `Step ${step} of ${runId} was answered before; the first answer stands.`);
  if (options.json) context.console.json({ runId, nodeId, pass, outcome });
  else {
    context.console.print("Answered.");
    context.console.print("  ", `npx throughline resume ${runId}`);
  }
  return EXIT.ok;
}
