"use client";
import { useMemo } from "react";
import { setMode, setSettings } from "#lib/client/editor/edit/node-basics.ts";
import type { Field } from "#lib/client/editor/fields/control.ts";
import { fieldsOf } from "#lib/client/editor/fields/node-fields.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { change, seal } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { FieldBox } from "./field-box.tsx";
import { MODES } from "./node-basics.tsx";
import { PanelHead, Section, Segments } from "./panel-parts.tsx";

/** Drawn by hand for one picture: never shared by several nodes. */
const ALONE = new Set<string>(["drawing", "curve", "raw"]);

/** Several nodes at once: their mode, and with one type the settings all of them have. */
export function SeveralPanel({ ids }: { ids: ReadonlySet<string> }) {
  const editor = useEditor();
  const types = useEditorState(({ document }) => {
    const nodes = nodesById(document);
    return [...new Set([...ids].map((id) => nodes.get(id)?.type ?? ""))].join(" ");
  });
  const mode = useEditorState(({ document }) => {
    const nodes = nodesById(document);
    const modes = new Set([...ids].map((id) => nodes.get(id)?.mode));
    return modes.size === 1 ? [...modes][0] : undefined;
  });
  const type = types.includes(" ") ? undefined : editor.around.registry.get(types);
  const fields = useMemo(() => (type ? fieldsOf(type).filter(({ control }) => !ALONE.has(control.kind)) : []), [type]);
  return (
    <>
      <PanelHead kind="Selection">
        <p className="font-semibold text-base">{`${ids.size} nodes`}</p>
        <p className="text-soft text-xs">{type ? `All ${type.title.toLowerCase()}` : "Of several types"}</p>
      </PanelHead>
      <Section title="Mode">
        <Segments
          label="Mode of all selected"
          options={MODES}
          value={mode}
          onChoose={(next) => change(editor, `Mode: ${next}`, (graph) => setMode(graph, ids, next))}
        />
      </Section>
      {fields.length > 0 && (
        <Section title="Settings of all">
          {fields.map((field) => (
            <SharedField key={field.name} ids={ids} field={field} />
          ))}
        </Section>
      )}
    </>
  );
}

function SharedField({ ids, field }: { ids: ReadonlySet<string>; field: Field }) {
  const editor = useEditor();
  const [first = ""] = ids;
  const value = useEditorState(({ document }) => nodesById(document).get(first)?.config[field.name]);
  const mixed = useEditorState(({ document }) => {
    const nodes = nodesById(document);
    return new Set([...ids].map((id) => JSON.stringify(nodes.get(id)?.config[field.name]))).size > 1;
  });
  return (
    <FieldBox
      field={field}
      path={field.name}
      value={mixed ? undefined : value}
      mixed={mixed}
      onChange={(next) =>
        change(
          editor,
          `Change ${field.title} of ${ids.size} nodes`,
          (graph) => setSettings(graph, ids, field.name, next),
          {
            merge: `field:${[...ids].join(",")}:${field.name}`,
          },
        )
      }
      onDone={() => seal(editor)}
    />
  );
}
