import type { Graph } from "../../../protocol/graph.ts";
import type { EstimateAnswer } from "../../../protocol/http.ts";
import { type RunView, watchRun } from "../../watch-run.ts";
import type { NodeRun } from "../node-run.ts";
import { type Editor, say, setRun } from "../store.ts";
import { pathInside } from "../subgraph/way-in.ts";
import { recipesOf } from "./current-take.ts";
import { createEstimator } from "./estimator.ts";
import { insideOf } from "./inside-of.ts";
import { mergeTakes } from "./merge-takes.ts";
import { nodeRuns } from "./node-runs.ts";
import { type RunServer, setServer } from "./run-server.ts";
import { resultSentence } from "./run-words.ts";
import { sameToRun } from "./same-to-run.ts";
import { shownRuns } from "./shown-runs.ts";
import { isMoving } from "./start.ts";

/** Runs looked through for past results when the page opens, and pages of them at most. */
const TAKES_PAGE = 100;
const TAKES_PAGES = 4;
/** Runs looked through when one has just ended. */
const NEWS_PAGE = 4;

const refreshers = new WeakMap<Editor, () => void>();

/** Looks at the run again, after something was asked of the server or when the page is seen again. */
export const refreshRun = (editor: Editor): void => refreshers.get(editor)?.();

/**
 * Keeps what is known about runs up to date while an editor is open: finds the newest run of the graph and follows it (a reload in the middle
 * goes on where it was), follows every run that is started here, brings past results, and asks what a run would cost. Returns how to stop.
 */
export function keepRun(editor: Editor, server: RunServer): () => void {
  setServer(editor, server);
  let closed = false;
  let runs: ReadonlyMap<string, NodeRun> = new Map();
  let watch: { runId: string; close(): void; refresh(): void } | undefined;
  let estimated: { graph: Graph; answer: EstimateAnswer } | undefined;

  const draw = () => {
    const { document, run } = editor.getState();
    const current = estimated && !isMoving(run) && sameToRun(estimated.graph, document) ? estimated.answer : undefined;
    const nodes = shownRuns(
      { document, recipes: recipesOf(document, run.estimate?.sheets), runs, takes: run.takes, estimate: current },
      run.nodes,
    );
    if (nodes !== run.nodes) setRun(editor, { nodes });
  };

  const estimator = createEstimator({ ask: server.estimate, later: server.later }, (news) => {
    switch (news.kind) {
      case "asking":
        setRun(editor, { estimating: true });
        break;
      case "known":
        estimated = { graph: editor.getState().document, answer: news.answer };
        editor.setState({ problems: news.answer.problems });
        setRun(editor, { estimate: news.answer, estimating: false });
        break;
      case "problems":
        estimated = undefined;
        editor.setState({ problems: news.problems });
        setRun(editor, { estimate: undefined, estimating: false });
        break;
      default:
        estimated = undefined;
        setRun(editor, { estimate: undefined, estimating: false });
    }
    draw();
  });

  const loadTakes = async (limit: number, pages: number): Promise<void> => {
    let before: string | undefined;
    for (let page = 0; page < pages && !closed; page += 1) {
      // Cards can do without; the next run brings them.
      const list = await server.takes(editor.getState().document.id, { limit, before }).catch(() => undefined);
      if (!list || closed) return;
      const known = editor.getState().run.takes;
      const takes = mergeTakes(known, list.takes);
      if (takes !== known) setRun(editor, { takes });
      before = list.next;
      if (before === undefined) return;
    }
  };

  const { way = [] } = editor.around;
  /** A run of the graph around tells what went on in here. */
  const fromAround = ({ document }: RunView): boolean =>
    way.length > 0 && document.graphId === way[0]?.graph && document.graphId !== editor.getState().document.id;

  const seen = (view: RunView) => {
    const before = editor.getState().run;
    runs = nodeRuns(fromAround(view) ? insideOf(view, pathInside(way)) : view, runs);
    setRun(editor, { view, starting: false, error: undefined });
    draw();
    const after = editor.getState().run;
    if (!isMoving(before) || isMoving(after)) return;
    say(editor, resultSentence(view));
    // What was just made is a past result now, and what it costs to run again has changed.
    void loadTakes(NEWS_PAGE, 1).then(() => !closed && estimator.refresh());
  };

  const follow = (runId: string | undefined) => {
    if (watch?.runId === runId) return;
    watch?.close();
    runs = new Map();
    watch = undefined;
    if (runId === undefined) return;
    const started = watchRun(server.source(runId), {
      view: seen,
      failed: (error) => setRun(editor, { error, starting: false }),
    });
    watch = { runId, ...started };
  };

  const unsubscribe = editor.subscribe((state, before) => {
    if (state.run.runId !== before.run.runId) follow(state.run.runId);
    if (state.document !== before.document) estimator.changed(state.document);
    if (state.document !== before.document || state.run.takes !== before.run.takes) draw();
  });
  refreshers.set(editor, () => {
    watch?.refresh();
    // What stands outside the document may be another now, e.g. a sheet that is followed.
    estimator.refresh();
  });

  estimator.changed(editor.getState().document);
  void loadTakes(TAKES_PAGE, TAKES_PAGES);
  follow(editor.getState().run.runId);
  server
    .newestRun(way[0]?.graph ?? editor.getState().document.id)
    .then((runId) => !closed && editor.getState().run.runId === undefined && setRun(editor, { runId }))
    .catch((error: unknown) => !closed && setRun(editor, { error }));

  return () => {
    closed = true;
    unsubscribe();
    estimator.close();
    watch?.close();
    refreshers.delete(editor);
  };
}
