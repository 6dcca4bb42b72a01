"use client";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { showProblem } from "#lib/client/editor/running/show-problem.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { Problem } from "#lib/protocol/problems.ts";

/** What keeps the graph from running; each line leads to its node. */
export function RunProblems({ problems, close }: { problems: readonly Problem[]; close(): void }) {
  const editor = useEditor();
  const nodes = nodesById(editor.getState().document);
  return (
    <section
      aria-label="What is in the way"
      onKeyDown={(event) => event.key === "Escape" && close()}
      className="absolute top-full right-0 z-20 mt-2 max-h-[60dvh] w-80 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-md"
    >
      <ul>
        {problems.map((problem) => {
          const node = nodes.get(problem.node ?? "");
          return (
            <li
              key={`${problem.node} ${problem.port} ${problem.field} ${problem.edge} ${problem.code} ${problem.message}`}
            >
              <button
                type="button"
                onClick={() => showProblem(editor, problem)}
                className="flex w-full flex-col items-start rounded-lg px-2.5 py-2 text-left text-sm hover:bg-ink/8"
              >
                {node && <span className="font-medium">{titleOf(node, editor.around.registry.get(node.type))}</span>}
                <span className="break-words text-soft text-xs">{problem.message}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
