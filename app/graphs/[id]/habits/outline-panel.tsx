"use client";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { removeParts } from "#lib/client/editor/edit/remove-parts.ts";
import { outlineOf, type Row, treeMove } from "#lib/client/editor/habits/outline.ts";
import { goToNode, nameOf } from "#lib/client/editor/habits/pointer.ts";
import { change, openDialog, select } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { FrameRow, NodeRow, WireRow } from "./outline-rows.tsx";
import { useOutline } from "./use-outline.ts";

const NO_VIEWPORT = () => ({ width: 300, height: 260 });

/** The document as a tree: frames, nodes in the order in which they run, the wires of each. The same selection as on the canvas. */
export function OutlinePanel() {
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const [shut, setShut] = useState<ReadonlySet<string>>(new Set());
  const [wires, setWires] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<string>();
  const tree = useRef<HTMLDivElement>(null);
  const parts = useMemo(() => outlineOf(document, editor.around.viewport?.sizeOf ?? NO_VIEWPORT), [document, editor]);
  const rows = useOutline(document, parts, shut, wires);
  if (document.nodes.length === 0 && document.frames.length === 0)
    return <p className="p-3 text-soft text-sm">Nothing here yet. Press Shift+A to add a node.</p>;

  const current = rows.find(({ key }) => key === at) ?? rows[0];
  const focus = (key: string) => {
    setAt(key);
    tree.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  const toggle = (key: string, open: boolean) => {
    const [kind, id = ""] = split(key);
    const change = (set: ReadonlySet<string>, has: boolean) => {
      const next = new Set(set);
      if (has) next.add(id);
      else next.delete(id);
      return next;
    };
    if (kind === "frame") setShut((old) => change(old, !open));
    else setWires((old) => change(old, open));
  };
  const remove = (key: string) => {
    const [kind, id = ""] = split(key);
    const index = rows.findIndex((row) => row.key === key);
    const next = rows.slice(index + 1).find((row) => row.level <= (rows[index]?.level ?? 0)) ?? rows[index - 1];
    const name = kind === "node" ? nameOf(editor, id) : kind;
    change(
      editor,
      `Delete ${name}`,
      (graph) => removeParts(graph, editor.around.registry, { [`${kind}s`]: new Set([id]) }),
      { say: `${name} deleted` },
    );
    if (next) requestAnimationFrame(() => focus(next.key));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!current || event.altKey || event.ctrlKey || event.metaKey) return;
    const [kind, id = ""] = split(current.key);
    const move = treeMove(rows, current.key, event.key);
    if (move && "to" in move) focus(move.to);
    else if (move && "open" in move) toggle(move.open, true);
    else if (move && "shut" in move) toggle(move.shut, false);
    else if (event.key === "Enter") choose(current);
    else if (event.key === " ") pick(current);
    else if (event.key === "F2" && kind === "node") openDialog(editor, { kind: "rename", nodeId: id });
    else if (event.key === "Delete" || event.key === "Backspace") remove(current.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pick = ({ key }: Row) => {
    const [kind, id = ""] = split(key);
    if (kind === "node") select(editor, [id]);
    else if (kind === "frame") select(editor, [], [], [id]);
    else select(editor, [], [id]);
  };
  /** Enter and a click: to the canvas. A wire leads to the node at its other end. */
  const choose = (row: Row & { other?: string }) => {
    const [kind, id = ""] = split(row.key);
    if (kind === "frame") pick(row);
    else goToNode(editor, kind === "node" ? id : (row.other ?? id), { fit: true });
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Nodes in the order in which they run"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="p-1.5"
    >
      {rows.map((row) => {
        const [kind, id = ""] = split(row.key);
        const shared = {
          row,
          current: row.key === current?.key,
          onFocus: () => setAt(row.key),
          onChoose: () => choose(row),
          onToggle: () => toggle(row.key, !row.open),
        };
        if (kind === "frame") return <FrameRow key={row.key} id={id} {...shared} />;
        if (kind === "node") return <NodeRow key={row.key} id={id} {...shared} />;
        return <WireRow key={row.key} text={row.text ?? ""} {...shared} />;
      })}
    </div>
  );
}

/** Keys of rows read `node hero`, `frame look`, `edge e1 hero`. */
const split = (key: string): string[] => key.split(" ");
