"use client";
import { CircleAlert, TriangleAlert } from "lucide-react";
import { problemsOfNode } from "#lib/client/editor/canvas/node-problems.ts";
import { useEditorState } from "#lib/client/editor/use-editor.ts";

/** Sentences shown on one card; the inspector has the rest. */
const MOST = 2;

/** What is wrong with this node, in words. */
export function CardProblems({ nodeId }: { nodeId: string }) {
  const problems = useEditorState((state) => problemsOfNode(state.problems, nodeId));
  if (problems.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 border-line border-t px-3 py-2 text-xs leading-snug">
      {problems.slice(0, MOST).map(({ level, message, code }, index) => (
        <li key={`${code} ${index}`} className="flex gap-1.5">
          {level === "error" ? (
            <CircleAlert aria-label="Error" className="mt-px size-3.5 shrink-0 text-fail" />
          ) : (
            <TriangleAlert aria-label="Warning" className="mt-px size-3.5 shrink-0 text-hold" />
          )}
          {message}
        </li>
      ))}
      {problems.length > MOST && <li className="text-soft">and {problems.length - MOST} more</li>}
    </ul>
  );
}
