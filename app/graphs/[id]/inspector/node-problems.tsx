"use client";
import { TriangleAlert } from "lucide-react";
import { unknownSettings } from "#lib/client/editor/fields/node-fields.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { Section } from "./panel-parts.tsx";

/** What is wrong with a node apart from its settings: those say it themselves. */
export function NodeProblems({ id }: { id: string }) {
  const { registry } = useEditor().around;
  const joined = useEditorState(({ problems, document }) => {
    const node = nodesById(document).get(id);
    const unknown = new Set(node ? unknownSettings(registry.get(node.type), node.config) : []);
    return JSON.stringify(
      problems
        .filter(
          (one) => one.node === id && (one.field === undefined || (unknown.has(one.field) && one.level === "error")),
        )
        .map(({ level, message }) => ({ level, message })),
    );
  });
  const list = JSON.parse(joined) as { level: "error" | "warning"; message: string }[];
  if (list.length === 0) return null;
  return (
    <Section>
      <ul className="flex flex-col gap-1">
        {list.map(({ level, message }) => (
          <li key={message} className={`flex gap-1.5 text-xs ${level === "error" ? "text-fail" : "text-hold"}`}>
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
            {message}
          </li>
        ))}
      </ul>
    </Section>
  );
}
