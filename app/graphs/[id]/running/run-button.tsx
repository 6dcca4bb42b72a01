"use client";
import { Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { blocking, costOf, priceLabel } from "#lib/client/editor/running/run-words.ts";
import { showProblem } from "#lib/client/editor/running/show-problem.ts";
import { startRun } from "#lib/client/editor/running/start.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { count } from "#lib/client/words.ts";
import { RunMenu } from "./run-menu.tsx";

const RunProblems = dynamic(() => import("./run-problems.tsx").then((part) => part.RunProblems));

/** Run, or run the selection, with its price. With something in the way it says what, and leads there. */
export function RunButton() {
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const selected = useEditorState(({ view }) => view.selectedNodes);
  const problems = useEditorState((state) => state.problems);
  const estimate = useEditorState(({ run }) => run.estimate);
  const estimating = useEditorState(({ run }) => run.estimating);
  const [listed, setListed] = useState(false);
  const errors = blocking(document, problems, selected);
  const cost = estimate && costOf(document, estimate, selected);
  const price = errors.length === 0 && cost && estimate ? priceLabel(cost, estimate.simulated) : undefined;
  const press = () => {
    if (errors.length === 0) {
      setListed(false);
      void startRun(editor, selected.size > 0 ? { to: [...selected] } : {});
      return;
    }
    setListed(!listed);
    if (!listed && errors[0]) showProblem(editor, errors[0]);
  };
  return (
    <div className="relative flex items-center gap-1">
      {cost && cost.cached > 0 && cost.calls > 0 && errors.length === 0 && (
        <span className="hidden px-2 text-soft text-xs tabular-nums sm:inline">
          {cost.cached} of {count(cost.steps, "step")} cached
        </span>
      )}
      {errors.length > 0 && (
        <span id="run-in-the-way" className="hidden px-2 text-hold text-xs sm:inline">
          {count(errors.length, "thing")} to mend
        </span>
      )}
      <button
        type="button"
        onClick={press}
        data-blocked={errors.length > 0 || undefined}
        aria-describedby={errors.length > 0 ? "run-in-the-way" : undefined}
        aria-expanded={errors.length > 0 ? listed : undefined}
        title={errors[0]?.message ?? "Ctrl+Enter"}
        className="flex min-h-9 items-center gap-2 rounded-lg bg-brand px-3 font-semibold text-on-brand text-sm transition hover:brightness-110 data-blocked:bg-ink/10 data-blocked:text-soft"
      >
        <Play aria-hidden="true" className="size-4 fill-current" />
        <span>
          Run
          {/* A phone has room for the price only. */}
          {selected.size > 0 && <span className="max-sm:sr-only"> selection</span>}
          {price && (
            <span className={`tabular-nums ${estimating ? "opacity-60" : ""}`}>
              {` · ${price.split(",")[0]}`}
              {price.includes(",") && <span className="max-sm:sr-only">{price.slice(price.indexOf(","))}</span>}
            </span>
          )}
        </span>
      </button>
      <RunMenu />
      {listed && errors.length > 0 && <RunProblems problems={errors} close={() => setListed(false)} />}
    </div>
  );
}
