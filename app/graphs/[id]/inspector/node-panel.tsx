"use client";
import { memo, useEffect } from "react";
import { renameNode } from "#lib/client/editor/edit/edit-nodes.ts";
import { fieldsOf, GROUP_TITLES, shownFields, unknownSettings } from "#lib/client/editor/fields/node-fields.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { change, seal, setView } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState, useNodeType } from "#lib/client/editor/use-editor.ts";
import { Docs } from "./docs.tsx";
import { Examples } from "./examples.tsx";
import { NodeBasics } from "./node-basics.tsx";
import { NodePreview } from "./node-preview.tsx";
import { NodeProblems } from "./node-problems.tsx";
import { Fold, PanelHead, Section } from "./panel-parts.tsx";
import { SettingField } from "./setting-field.tsx";
import { TakesStrip } from "./takes-strip.tsx";
import { UnknownSettings } from "./unknown-settings.tsx";

/** One node: its name, its past results, its settings and what it is. Draws again when other settings are shown, not when one changes. */
export const NodePanel = memo(function NodePanel({ id }: { id: string }) {
  const typeName = useEditorState(({ document }) => nodesById(document).get(id)?.type);
  const type = useNodeType(typeName ?? "");
  const shown = useEditorState(({ document }) => {
    const node = nodesById(document).get(id);
    return node && type
      ? shownFields(type, node.config)
          .map(({ name }) => name)
          .join(" ")
      : "";
  });
  const unknown = useEditorState(({ document }) => {
    const node = nodesById(document).get(id);
    return node ? JSON.stringify(unknownSettings(type, node.config)) : "[]";
  });
  useAskedField(id, shown);
  if (typeName === undefined) return null;
  const names = new Set(shown.split(" "));
  const fields = type ? fieldsOf(type).filter(({ name }) => names.has(name)) : [];
  return (
    <>
      <PanelHead kind={type ? `${GROUP_TITLES[type.group]} · ${type.title}` : `Unknown type · ${typeName}`}>
        <NodeTitle id={id} fallback={type?.title ?? typeName} />
      </PanelHead>
      {!type && (
        <Section>
          <p className="text-soft text-xs">
            This program does not know this type of node. It is kept as it is and cannot run.
          </p>
        </Section>
      )}
      <NodeProblems id={id} />
      <TakesStrip id={id} />
      {fields.length > 0 && (
        <Section title="Settings">
          {fields.map((field) => (
            <SettingField key={field.name} nodeId={id} field={field} />
          ))}
        </Section>
      )}
      <UnknownSettings id={id} names={JSON.parse(unknown) as string[]} />
      <NodePreview id={id} />
      <NodeBasics id={id} runs={type?.runs !== false} fails={type?.link === undefined} />
      {type && type.examples.length > 0 && <Examples id={id} type={type} />}
      {type && (
        <Fold title={`About ${type.title.toLowerCase()}`}>
          <Docs text={type.docs} />
        </Fold>
      )}
    </>
  );
});

/** Brings the setting that was asked for on a card into view and puts the cursor in it, once. */
function useAskedField(id: string, shown: string) {
  const editor = useEditor();
  const asked = useEditorState(({ view }) => (view.field?.nodeId === id ? view.field.field : undefined));
  useEffect(() => {
    if (asked === undefined || shown === "") return;
    const box = document.querySelector(`[data-field="${CSS.escape(asked)}"]`);
    box?.scrollIntoView({ block: "center" });
    box?.querySelector<HTMLElement>("input, textarea, select, button")?.focus({ preventScroll: true });
    setView(editor, { field: undefined });
  }, [editor, asked, shown]);
}

function NodeTitle({ id, fallback }: { id: string; fallback: string }) {
  const editor = useEditor();
  const title = useEditorState(({ document }) => nodesById(document).get(id)?.title ?? "");
  return (
    <input
      type="text"
      aria-label="Name of the node"
      value={title}
      placeholder={fallback}
      maxLength={200}
      onChange={(event) =>
        change(editor, "Rename", (graph) => renameNode(graph, id, event.target.value), { merge: `title:${id}` })
      }
      onBlur={() => seal(editor)}
      className="-mx-1.5 w-full truncate rounded-md bg-transparent px-1.5 py-0.5 font-semibold text-base placeholder:text-ink hover:bg-ink/8"
    />
  );
}
