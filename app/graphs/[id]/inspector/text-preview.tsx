"use client";
import { useEffect, useState } from "react";
import { scopeOf } from "#lib/client/editor/fields/field-problems.ts";
import { filledText, upstreamTexts } from "#lib/client/editor/fields/preview.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

/** What a text becomes with the inputs as they stand and the wired texts as far as they are known. */
export function TextPreview({ nodeId, late, text }: { nodeId: string; late: readonly string[]; text: string }) {
  const { registry } = useEditor().around;
  const graph = useEditorState(({ document }) => document);
  const runs = useEditorState(({ run }) => run.nodes);
  const [upstream, setUpstream] = useState<readonly (string | undefined)[]>([]);
  useEffect(() => {
    if (!late.includes("#")) return;
    let wanted = true;
    upstreamTexts({ graph, registry, runs }, nodeId).then((texts) => wanted && setUpstream(texts));
    return () => {
      wanted = false;
    };
  }, [graph, registry, runs, nodeId, late]);
  const numbered = upstream.flatMap((one, index) => (one === undefined ? [] : [[String(index + 1), one] as const]));
  const names = { "graph.name": graph.name, "graph.id": graph.id, ...Object.fromEntries(numbered) };
  return <Preview title="Preview" text={filledText(text, scopeOf(graph.inputs), late, names)} />;
}

/** A text as it will be read. What stands in braces still is not known before a run. */
export function Preview({ title, text }: { title: string; text: string }) {
  return (
    <section aria-label={title} className="border-brand/60 border-l-2 py-0.5 pl-2.5">
      <p className="whitespace-pre-wrap break-words text-soft text-xs leading-relaxed">
        {text.split(/(\{\{[^{}]*\}\})/).map((part, index) =>
          part.startsWith("{{") ? (
            <mark key={index} title="Known when the step runs" className="rounded bg-ink/10 px-0.5 text-ink">
              {part}
            </mark>
          ) : (
            part
          ),
        )}
      </p>
    </section>
  );
}
