"use client";
import { Minus, Plus, Trash2 } from "lucide-react";
import { portsOf, removeEdges, setPasses } from "#lib/client/editor/edit/connect.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { edgesOf, nodesById } from "#lib/client/editor/graph-index.ts";
import { change, seal, select } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState, useGraphNode } from "#lib/client/editor/use-editor.ts";
import { MINI, SMALL } from "./controls/control-props.ts";
import { PanelHead, Section, Segments } from "./panel-parts.tsx";

const MOST_PASSES = 20;

/** One wire: what it carries from where to where, and whether it leads back as a loop. */
export function EdgePanel({ id, more }: { id: string; more: number }) {
  const editor = useEditor();
  const edge = useEditorState(({ document }) => edgesOf(document).byId(id));
  const selected = useEditorState(({ view }) => view.selectedEdges);
  if (!edge) return null;
  const passes = edge.loop?.passes;
  const set = (next: number | undefined) =>
    change(
      editor,
      next === undefined ? "Ordinary wire" : `Loop of ${next} passes`,
      (graph) => setPasses(graph, id, next),
      {
        merge: `passes:${id}`,
      },
    );
  return (
    <>
      <PanelHead kind={edge.loop ? "Loop wire" : "Wire"}>
        {more > 0 && <p className="text-soft text-xs">{`and ${more} more selected`}</p>}
      </PanelHead>
      <Section>
        <End nodeId={edge.source} port={edge.sourceHandle} side="out" word="From" />
        <End nodeId={edge.target} port={edge.targetHandle} side="in" word="To" />
      </Section>
      <Section title="Way">
        <Segments
          label="Way of the wire"
          options={[
            { value: "ordinary", title: "Ordinary", hint: "Carries a result on" },
            { value: "loop", title: "Loop", hint: "Leads back and starts another pass" },
          ]}
          value={edge.loop ? "loop" : "ordinary"}
          onChoose={(way) => {
            set(way === "loop" ? (passes ?? 3) : undefined);
            seal(editor);
          }}
        />
        {passes !== undefined && (
          <div className="flex items-center justify-between gap-2 text-xs">
            <span className="font-medium">Passes at most</span>
            <span className="flex items-center gap-1">
              <button
                type="button"
                aria-label="One pass fewer"
                disabled={passes <= 1}
                onClick={() => set(passes - 1)}
                className={MINI}
              >
                <Minus aria-hidden="true" className="size-3.5" />
              </button>
              <output aria-label="Passes" className="w-8 text-center tabular-nums">
                {passes}
              </output>
              <button
                type="button"
                aria-label="One pass more"
                disabled={passes >= MOST_PASSES}
                onClick={() => set(passes + 1)}
                className={MINI}
              >
                <Plus aria-hidden="true" className="size-3.5" />
              </button>
            </span>
          </div>
        )}
      </Section>
      <Section>
        <button
          type="button"
          onClick={() =>
            change(editor, more > 0 ? "Delete wires" : "Delete the wire", (graph) => removeEdges(graph, selected), {
              say: "Wire deleted",
            })
          }
          className={`${SMALL} w-fit`}
        >
          <Trash2 aria-hidden="true" className="size-3.5" />
          {more > 0 ? `Delete ${more + 1} wires` : "Delete the wire"}
        </button>
      </Section>
    </>
  );
}

function End({ nodeId, port, side, word }: { nodeId: string; port: string; side: "in" | "out"; word: string }) {
  const editor = useEditor();
  const node = useGraphNode(nodeId);
  const type = node && editor.around.registry.get(node.type);
  const found = portsOf(type, side, node?.config)[port];
  const known = useEditorState(({ document }) => nodesById(document).has(nodeId));
  return (
    <div className="flex items-center gap-2 text-xs">
      <span className="w-9 shrink-0 text-soft">{word}</span>
      <button
        type="button"
        disabled={!known}
        onClick={() => select(editor, [nodeId])}
        className="min-w-0 flex-1 truncate text-left font-medium underline-offset-2 hover:underline"
      >
        {node ? titleOf(node, type) : nodeId}
      </button>
      <span className="flex shrink-0 items-center gap-1.5">
        <span
          aria-hidden="true"
          className="size-2 rounded-full"
          style={{ background: `var(--kind-${found?.kind ?? "any"})` }}
        />
        {`${found?.title ?? port} · ${found?.kind ?? "unknown"}`}
      </span>
    </div>
  );
}
