"use client";
import { useEffect, useState } from "react";
import type { CardState } from "#lib/client/editor/canvas/card-state.ts";
import { cardState, STATE_WORDS } from "#lib/client/editor/canvas/card-state.ts";
import { renameNode, titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import type { NodeRun } from "#lib/client/editor/node-run.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { GraphNode } from "#lib/protocol/graph.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { CardPill } from "./card-pill.tsx";
import { IconTile } from "./node-icon.tsx";

type HeadProps = { node: GraphNode; type: AnyNode | undefined };

/** Icon, name (a double click renames) and state. */
export function CardHead({ node, type, run }: HeadProps & { run: NodeRun | undefined }) {
  return (
    <header className="flex h-8.5 items-center gap-2 px-2">
      <IconTile name={type?.icon} group={type?.group} />
      <CardName node={node} type={type} />
      <CardPill state={cardState(run)} run={run} mode={node.mode} />
    </header>
  );
}

/** What is left of it from far away: a large name, and the state for screen readers (sighted people see the ring). */
export const FarHead = ({ node, type, state }: HeadProps & { state: CardState | undefined }) => (
  <header className="canvas-far-head">
    <h3 className="truncate">{titleOf(node, type)}</h3>
    {state && <span className="sr-only">{STATE_WORDS[state]}</span>}
  </header>
);

function CardName({ node, type }: HeadProps) {
  const editor = useEditor();
  const [editing, setEditing] = useState(false);
  const title = titleOf(node, type);
  useEffect(() => {
    if (!editing) return;
    return () => editor.around.viewport?.focus(node.id);
  }, [editing, editor, node.id]);
  if (!editing)
    return (
      <h3
        className="min-w-0 flex-1 truncate font-semibold text-[13px] leading-none"
        title={title}
        onDoubleClick={() => setEditing(true)}
      >
        {title}
      </h3>
    );
  const commit = (text: string) => {
    setEditing(false);
    change(editor, "Rename", (graph) => renameNode(graph, node.id, text.trim() === type?.title ? "" : text.trim()));
  };
  return (
    <input
      aria-label="Name of the node"
      defaultValue={title}
      maxLength={120}
      ref={(input) => {
        if (input && document.activeElement !== input) input.select();
      }}
      onBlur={(event) => commit(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setEditing(false);
      }}
      className="nodrag nopan min-w-0 flex-1 rounded bg-well px-1 font-semibold text-[13px]"
    />
  );
}
