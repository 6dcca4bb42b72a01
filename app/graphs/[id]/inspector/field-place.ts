"use client";
import { createContext, useContext } from "react";
import type { Field } from "#lib/client/editor/fields/control.ts";
import { type Sentence, sentencesFor } from "#lib/client/editor/fields/field-problems.ts";
import { refusalOf, refusalsOf } from "#lib/client/editor/fields/offered.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import type { EditorState } from "#lib/client/editor/state.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { GraphNode } from "#lib/protocol/graph.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";

/** The node whose settings are edited; none where a value stands on its own, like the default of an input, or where several nodes share it. */
export const FieldPlace = createContext<string | undefined>(undefined);
export const usePlace = (): string | undefined => useContext(FieldPlace);

/** Asks something of the node around; the answer has to be a value that is the same when nothing changed: a text, a number. */
export function useOfNode<T extends string | number | boolean | undefined>(
  ask: (type: AnyNode, node: GraphNode, state: EditorState) => T,
  otherwise: T,
): T {
  const id = usePlace();
  const { registry } = useEditor().around;
  return useEditorState((state) => {
    const node = id === undefined ? undefined : nodesById(state.document).get(id);
    const type = node && registry.get(node.type);
    return node && type ? ask(type, node, state) : otherwise;
  });
}

/** The sentences under a setting. */
export function useSentences(path: string): readonly Sentence[] {
  const joined = useOfNode(
    (type, node, { document, problems }) => JSON.stringify(sentencesFor(type, node, document.inputs, problems, path)),
    "[]",
  );
  return JSON.parse(joined) as Sentence[];
}

/** Why options of a setting cannot be chosen now, by option. Only whole settings can be tried. */
export function useRefusals(field: string, options: readonly string[]): Readonly<Record<string, string>> {
  const joined = useOfNode(
    (type, node, { document }) =>
      field.includes(".") ? "{}" : JSON.stringify(refusalsOf(type, node, document.inputs, field, options)),
    "{}",
  );
  return JSON.parse(joined) as Record<string, string>;
}

/** Why a setting does nothing now. */
export const useRefusal = (field: Field, path: string): string | undefined =>
  useOfNode(
    (type, node, { document }) =>
      path.includes(".") ? undefined : refusalOf(type, node, document.inputs, field.name, field.control),
    undefined,
  );
