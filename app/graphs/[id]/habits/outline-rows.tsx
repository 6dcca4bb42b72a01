"use client";
import { ChevronRight, CircleAlert, Frame } from "lucide-react";
import type { ReactNode } from "react";
import { cardState, STATE_WORDS } from "#lib/client/editor/canvas/card-state.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { useEditorState, useGraphNode, useNodeType } from "#lib/client/editor/use-editor.ts";
import { PortMark } from "./port-mark.tsx";
import type { OutlineRow } from "./use-outline.ts";

type RowProps = {
  row: OutlineRow;
  current: boolean;
  onFocus(): void;
  onChoose(): void;
  onToggle(): void;
};

/** A node: its name, the state of its last run in words, what is wrong with it. */
export function NodeRow({ id, ...props }: RowProps & { id: string }) {
  const node = useGraphNode(id);
  const type = useNodeType(node?.type ?? "");
  const selected = useEditorState(({ view }) => view.selectedNodes.has(id));
  const state = useEditorState(({ run }) => cardState(run.nodes.get(id)));
  const problem = useEditorState(({ problems }) => problems.find((one) => one.node === id)?.message);
  if (!node) return null;
  const title = titleOf(node, type);
  const words = [
    type?.title ?? node.type,
    node.mode === "mute" ? "muted" : node.mode === "bypass" ? "bypassed" : undefined,
    state && STATE_WORDS[state],
  ].filter((word) => word !== undefined);
  const kind = Object.values(type?.outputs ?? {})[0]?.kind ?? "any";
  return (
    <TreeRow {...props} selected={selected} label={[...new Set([title, ...words, problem])].filter(Boolean).join(", ")}>
      <PortMark kind={kind} />
      <span className={`min-w-0 flex-1 truncate ${node.mode === "on" ? "" : "text-soft line-through"}`}>{title}</span>
      {problem && <CircleAlert aria-hidden="true" className="size-3.5 shrink-0 text-fail" />}
      <span className="max-w-[45%] shrink-0 truncate text-soft text-xs">
        {(words.length > 1 ? words.slice(1) : words).join(" · ")}
      </span>
    </TreeRow>
  );
}

/** A frame; what lies in it follows. */
export function FrameRow({ id, ...props }: RowProps & { id: string }) {
  const title = useEditorState(({ document }) => document.frames.find((frame) => frame.id === id)?.title);
  const selected = useEditorState(({ view }) => view.selectedFrames.has(id));
  const name = title || "Frame";
  return (
    <TreeRow {...props} selected={selected} label={`${name}, frame`}>
      <Frame aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
      <span className="truncate font-medium">{name}</span>
    </TreeRow>
  );
}

/** A wire, seen from the node above it. */
export function WireRow({ text, ...props }: RowProps & { text: string }) {
  const id = props.row.key.split(" ")[1] ?? "";
  const selected = useEditorState(({ view }) => view.selectedEdges.has(id));
  return (
    <TreeRow {...props} selected={selected} label={`Wire ${text}`}>
      <span className="truncate text-soft text-xs">{text}</span>
    </TreeRow>
  );
}

function TreeRow({
  row,
  current,
  selected,
  label,
  onFocus,
  onChoose,
  onToggle,
  children,
}: RowProps & { selected: boolean; label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys.
    <div
      role="treeitem"
      data-key={row.key}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.of}
      aria-expanded={row.open}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      onFocus={onFocus}
      onClick={onChoose}
      style={{ paddingLeft: `${(row.level - 1) * 16 + 4}px` }}
      className="flex min-h-8 cursor-pointer items-center gap-2 rounded-lg pr-2 text-sm -outline-offset-2 [contain-intrinsic-size:auto_2rem] [content-visibility:auto] hover:bg-ink/8 aria-selected:bg-ink/10"
    >
      {row.open === undefined ? (
        <span className="w-5 shrink-0" />
      ) : (
        <span
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
          className="grid size-5 shrink-0 place-items-center rounded text-soft hover:text-ink"
        >
          <ChevronRight className={`size-3.5 transition ${row.open ? "rotate-90" : ""}`} />
        </span>
      )}
      {/* What is heard is a sentence; what is seen is the same in signs and columns. */}
      <span className="sr-only">{label}</span>
      <span aria-hidden="true" className="contents">
        {children}
      </span>
    </div>
  );
}
