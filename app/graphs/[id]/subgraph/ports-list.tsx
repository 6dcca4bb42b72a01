"use client";
import { X } from "lucide-react";
import { useMemo } from "react";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { change, seal } from "#lib/client/editor/store.ts";
import { hidePort, offeredPorts, shownPorts, showPort, titlePort } from "#lib/client/editor/subgraph/ports-of-graph.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { BOX, MINI } from "../inspector/controls/control-props.ts";

/** What this graph shows of itself where it is used as a subgraph: its open inputs and outputs, to be titled, hidden and added. */
export default function PortsList() {
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const { registry } = editor.around;
  const shown = useMemo(() => shownPorts(document, registry), [document, registry]);
  const offered = useMemo(() => offeredPorts(document, registry), [document, registry]);
  const nameOf = (id: string) => {
    const node = nodesById(document).get(id);
    return node ? titleOf(node, registry.get(node.type)) : id;
  };
  const rows = [
    ...shown.inputs.map(({ key, title, to }) => ({
      side: "in" as const,
      key,
      title,
      at: to.map(({ node }) => nameOf(node)).join(", "),
    })),
    ...shown.outputs.map(({ key, title, from }) => ({ side: "out" as const, key, title, at: nameOf(from.node) })),
  ];
  return (
    <>
      <p className="text-soft text-xs">
        {document.ports
          ? "Where wires reach this graph when it is used as a subgraph."
          : "Where wires reach this graph when it is used as a subgraph: so far wherever it is open. Choose a port to decide it yourself."}
      </p>
      {(["in", "out"] as const).map((side) => {
        const list = rows.filter((row) => row.side === side);
        const more = offered.filter((one) => one.side === side);
        const word = side === "in" ? "inputs" : "outputs";
        return (
          <div key={side} className="flex flex-col gap-1">
            <h4 className="font-medium text-xs">{side === "in" ? "Comes in" : "Goes out"}</h4>
            {list.length === 0 && <p className="text-soft text-xs">Nothing</p>}
            <ul className="flex flex-col gap-1">
              {list.map(({ key, title, at }) => (
                <li key={key} className="flex items-center gap-1">
                  <input
                    type="text"
                    aria-label={`Title of the port ${key}`}
                    value={title ?? ""}
                    placeholder={`${key} · ${at}`}
                    maxLength={200}
                    onChange={({ target }) =>
                      change(
                        editor,
                        "Title of a port",
                        (graph) => titlePort(graph, registry, side, key, target.value),
                        {
                          merge: `port:${side}:${key}`,
                        },
                      )
                    }
                    onBlur={() => seal(editor)}
                    className={BOX}
                  />
                  <button
                    type="button"
                    aria-label={`Hide the port ${key}`}
                    onClick={() =>
                      change(editor, "Hide a port", (graph) => hidePort(graph, registry, side, key), {
                        say: `Port ${title || key} hidden`,
                      })
                    }
                    className={MINI}
                  >
                    <X aria-hidden="true" className="size-3.5" />
                  </button>
                </li>
              ))}
            </ul>
            {more.length > 0 && (
              <select
                aria-label={`Show one of the ${word}`}
                value=""
                onChange={({ target }) => {
                  const port = more[Number(target.value)];
                  if (port)
                    change(editor, "Show a port", (graph) => showPort(graph, registry, port), {
                      say: `Port ${port.title} shown`,
                    });
                }}
                className={BOX}
              >
                <option value="">{`Show another of the ${word} …`}</option>
                {more.map((port, index) => (
                  <option key={`${port.node} ${port.port}`} value={index}>
                    {port.title}
                  </option>
                ))}
              </select>
            )}
          </div>
        );
      })}
    </>
  );
}
