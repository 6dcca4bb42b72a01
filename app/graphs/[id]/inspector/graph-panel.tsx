"use client";
import { TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { change, seal, select, setView } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { count } from "#lib/client/words.ts";
import type { Problem } from "#lib/protocol/problems.ts";
import { BOX } from "./controls/control-props.ts";
import { Fact, FoldSummary, PanelHead, Section } from "./panel-parts.tsx";
import { QualityFold } from "./quality-fold.tsx";

const PortsList = dynamic(() => import("../subgraph/ports-list.tsx"));

/** The graph itself: its name, what it is for, how large it is and what is wrong with it. */
export function GraphPanel() {
  const editor = useEditor();
  const name = useEditorState(({ document }) => document.name);
  const description = useEditorState(({ document }) => document.description ?? "");
  const nodes = useEditorState(({ document }) => document.nodes.length);
  const edges = useEditorState(({ document }) => document.edges.length);
  const inputs = useEditorState(({ document }) => document.inputs.length);
  const problems = useEditorState((state) => state.problems);
  return (
    <>
      <PanelHead kind="Graph">
        <input
          type="text"
          aria-label="Graph name"
          value={name}
          maxLength={200}
          onChange={({ target }) =>
            change(editor, "Rename the graph", (graph) => ({ ...graph, name: target.value }), { merge: "graph-name" })
          }
          onBlur={() => seal(editor)}
          className="-mx-1.5 w-full truncate rounded-md bg-transparent px-1.5 py-0.5 font-semibold text-base hover:bg-ink/8"
        />
      </PanelHead>
      <Section>
        <label className="flex flex-col gap-1 font-medium text-xs">
          Description
          <textarea
            rows={2}
            value={description}
            placeholder="What it makes, and for whom"
            onChange={({ target }) =>
              change(
                editor,
                "Describe the graph",
                ({ description: _, ...graph }) =>
                  target.value === "" ? graph : { ...graph, description: target.value },
                { merge: "graph-description" },
              )
            }
            onBlur={() => seal(editor)}
            className={`${BOX} field-sizing-content max-h-64 font-normal`}
          />
        </label>
        <dl className="flex flex-col gap-1">
          <Fact name="Holds">{`${count(nodes, "node")}, ${count(edges, "wire")}`}</Fact>
          <Fact name="Inputs">
            <button
              type="button"
              onClick={() => setView(editor, { panel: "inputs" })}
              className="underline underline-offset-2"
            >
              {inputs === 0 ? "none yet" : inputs}
            </button>
          </Fact>
        </dl>
      </Section>
      <QualityFold />
      <PortsFold />
      {problems.length > 0 && (
        <Section title={count(problems.length, "problem")}>
          <ul className="flex flex-col gap-1">
            {problems.map((problem) => (
              <li key={`${problem.code}:${problem.node}:${problem.field}:${problem.message}`}>
                <ProblemLine problem={problem} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** What this graph shows as a subgraph; its list comes when it is opened. */
function PortsFold() {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)} className="group/fold border-line border-b">
      <FoldSummary>Ports</FoldSummary>
      {open && (
        <div className="flex flex-col gap-2 px-3.5 pb-3">
          <PortsList />
        </div>
      )}
    </details>
  );
}

function ProblemLine({ problem }: { problem: Problem }) {
  const editor = useEditor();
  const title = useEditorState(({ document }) => {
    const node = nodesById(document).get(problem.node ?? "");
    return node && titleOf(node, editor.around.registry.get(node.type));
  });
  const tone = problem.level === "error" ? "text-fail" : "text-hold";
  const words = (
    <>
      <TriangleAlert aria-hidden="true" className={`mt-0.5 size-3 shrink-0 ${tone}`} />
      <span className="min-w-0">
        {title && <span className="font-medium">{`${title}: `}</span>}
        {problem.message}
      </span>
    </>
  );
  if (title === undefined) return <p className="flex gap-1.5 text-xs">{words}</p>;
  return (
    <button
      type="button"
      onClick={() => {
        select(editor, [problem.node ?? ""]);
        editor.around.viewport?.fit([problem.node ?? ""]);
      }}
      className="-mx-1.5 flex w-full gap-1.5 rounded-md px-1.5 py-1 text-left text-xs hover:bg-ink/8"
    >
      {words}
    </button>
  );
}
