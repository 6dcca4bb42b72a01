"use client";
import { useEffect, useState } from "react";
import { givenText } from "#lib/client/editor/fields/preview.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { Section } from "./panel-parts.tsx";
import { Preview } from "./text-preview.tsx";

/** The words a node gives as everything stands now; nothing where they are known only after a run. */
export function NodePreview({ id }: { id: string }) {
  const { registry } = useEditor().around;
  const graph = useEditorState(({ document }) => document);
  const runs = useEditorState(({ run }) => run.nodes);
  const [text, setText] = useState<string>();
  useEffect(() => {
    let wanted = true;
    givenText({ graph, registry, runs }, id).then((next) => wanted && setText(next));
    return () => {
      wanted = false;
    };
  }, [graph, registry, runs, id]);
  if (!text) return null;
  return (
    <Section title="Gives">
      <Preview title="What this node gives" text={text} />
    </Section>
  );
}
