import type { Graph } from "../../../protocol/graph.ts";
import { ApiError, sayWhy } from "../../call-api.ts";
import type { RunSlice } from "../state.ts";
import { type Editor, say, setRun } from "../store.ts";
import { serverOf } from "./run-server.ts";
import { sameToRun } from "./same-to-run.ts";

/** What to run: `to` = only these nodes and what they need; `graph` = another document than the one on screen, with its id. */
export type RunWish = { to?: readonly string[]; graph?: Graph };

/** Clicks this close together are one click, however they were made. */
const ONE_CLICK_MS = 400;

type Click = { wish: RunWish; graph: Graph; key: string; at: number; run: Promise<string | undefined> };
const clicks = new WeakMap<Editor, Click>();

/** Is something going on that this editor shows? */
export const isMoving = ({ starting, view }: RunSlice): boolean =>
  starting || view?.live.status === "queued" || view?.live.status === "running";

/**
 * Starts a run of what is on screen, and gives its id; undefined when the server refused, which is then told in the state. The same wish twice
 * at once (double click, Enter and a click) is one run, and so is a wish repeated because no answer came.
 */
export function startRun(editor: Editor, wish: RunWish = {}): Promise<string | undefined> {
  const server = serverOf(editor);
  const graph = wish.graph ?? editor.getState().document;
  const last = clicks.get(editor);
  const repeated = last !== undefined && sameToRun(last.graph, graph) && sameTargets(last.wish, wish);
  if (last && repeated && (editor.getState().run.starting || server.now() - last.at < ONE_CLICK_MS)) return last.run;
  const unanswered = last && repeated ? last.key : "";
  const click: Click = {
    wish,
    graph,
    key: unanswered || crypto.randomUUID(),
    at: server.now(),
    run: Promise.resolve(undefined),
  };
  click.run = send(editor, click);
  clicks.set(editor, click);
  return click.run;
}

async function send(editor: Editor, click: Click): Promise<string | undefined> {
  const { graph, wish, key } = click;
  setRun(editor, { starting: true, error: undefined });
  try {
    const runId = await serverOf(editor).start({ graph, ...(wish.to ? { to: wish.to } : {}) }, key);
    click.key = "";
    // `starting` stays until the run itself is seen.
    setRun(editor, { runId, view: editor.getState().run.runId === runId ? editor.getState().run.view : undefined });
    say(editor, "Run started");
    return runId;
  } catch (error) {
    // Without an answer nobody knows whether the run was made: trying again must not make two.
    if (error instanceof ApiError) click.key = "";
    click.at = Number.NEGATIVE_INFINITY;
    const problems = error instanceof ApiError ? error.problem?.problems : undefined;
    if (problems && !wish.graph) editor.setState({ problems });
    setRun(editor, { starting: false, error });
    say(editor, `The run did not start. ${sayWhy(error)}`);
    return undefined;
  }
}

const sameTargets = (a: RunWish, b: RunWish): boolean =>
  a.to === undefined || b.to === undefined
    ? a.to === b.to
    : a.to.length === b.to.length && a.to.every((id, index) => id === b.to?.[index]);

/** Asks the run to stop: nothing new is started, what is paid for is still brought home. */
export async function stopRun(editor: Editor): Promise<void> {
  const { runId } = editor.getState().run;
  if (runId === undefined) return;
  try {
    await serverOf(editor).cancel(runId);
    say(editor, "Stopping");
  } catch (error) {
    setRun(editor, { error });
    say(editor, sayWhy(error));
  }
}
