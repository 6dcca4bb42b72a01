"use client";
import { ArrowUpCircle, FolderOpen, PackageOpen } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { linkTo, openInside, unpackNode } from "#lib/client/editor/subgraph/actions.ts";
import { browserLinks } from "#lib/client/editor/subgraph/links.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { BOX, type ControlProps, SMALL } from "../inspector/controls/control-props.ts";
import { usePlace } from "../inspector/field-place.ts";

/** Which saved graph a node stands for and at which version, with what can be done about it. */
export function LinkedGraphField({ id, describedBy, wrong }: ControlProps<"linked-graph">) {
  const editor = useEditor();
  const nodeId = usePlace() ?? "";
  const own = useEditorState(({ document }) => document.id);
  const ref = useEditorState(({ document }) => {
    const node = nodesById(document).get(nodeId);
    const link = node && editor.around.registry.get(node.type)?.link?.(node.config);
    return link ? `${link.graph}@${link.revision}` : "";
  });
  const saved = useStore(browserLinks().store, (state) => state.saved);
  useEffect(() => void browserLinks().refresh(), []);
  const at = ref.lastIndexOf("@");
  const link = at < 0 ? undefined : { graph: ref.slice(0, at), revision: Number(ref.slice(at + 1)) };
  const around = new Set([own, ...(editor.around.way ?? []).map(({ graph }) => graph)]);
  const offered = [...(saved?.values() ?? [])]
    .filter((graph) => !around.has(graph.id))
    .sort((a, b) => a.name.localeCompare(b.name));
  const newest = link && saved?.get(link.graph)?.revision;
  const listed = link !== undefined && offered.some((graph) => graph.id === link.graph);
  return (
    <div className="flex flex-col gap-1.5">
      <select
        id={id}
        aria-describedby={describedBy}
        aria-invalid={wrong || undefined}
        value={link?.graph ?? ""}
        onChange={({ target }) => {
          const chosen = saved?.get(target.value);
          if (chosen) void linkTo(editor, nodeId, chosen.id, chosen.revision);
        }}
        className={BOX}
      >
        {!link && <option value="">{saved ? "Choose a saved graph …" : "Loading …"}</option>}
        {link && !listed && <option value={link.graph}>{saved ? `${link.graph} (not saved here)` : link.graph}</option>}
        {offered.map((graph) => (
          <option key={graph.id} value={graph.id}>
            {graph.name}
          </option>
        ))}
      </select>
      {link && (
        <>
          <p className="text-soft text-xs">
            {newest === undefined || newest === link.revision
              ? `Version ${link.revision}${newest === undefined ? "" : ", the newest"}`
              : `Version ${link.revision}; version ${newest} is there. What is linked changes only when you update.`}
          </p>
          <div className="flex flex-wrap gap-1.5">
            {newest !== undefined && newest > link.revision && (
              <button type="button" onClick={() => void linkTo(editor, nodeId, link.graph, newest)} className={SMALL}>
                <ArrowUpCircle aria-hidden="true" className="size-3.5 text-brand" />
                Update to version {newest}
              </button>
            )}
            <button type="button" onClick={() => void openInside(editor, nodeId)} className={SMALL}>
              <FolderOpen aria-hidden="true" className="size-3.5" />
              Open
            </button>
            <button type="button" onClick={() => void unpackNode(editor, nodeId)} className={SMALL}>
              <PackageOpen aria-hidden="true" className="size-3.5" />
              Unpack
            </button>
          </div>
        </>
      )}
    </div>
  );
}
