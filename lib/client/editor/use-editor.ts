"use client";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { GraphNode } from "../../protocol/graph.ts";
import type { AnyNode } from "../../sdk/define-node.ts";
import { nodesById } from "./graph-index.ts";
import type { EditorState } from "./state.ts";
import type { Editor } from "./store.ts";

/** Hands the editor of a page to what is drawn inside it. */
export const EditorContext = createContext<Editor | undefined>(undefined);

/** The editor itself, for actions. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("This component belongs inside an editor.");
  return editor;
}

/** Part of the editor's state; draws again only when that part changed (compared by identity). */
export const useEditorState = <T>(pick: (state: EditorState) => T): T => useStore(useEditor(), pick);

/** One node of the document, by id. */
export const useGraphNode = (id: string): GraphNode | undefined =>
  useEditorState(({ document }) => nodesById(document).get(id));

/** The definition of a node type; undefined for a type this program does not know. */
export const useNodeType = (type: string): AnyNode | undefined => useEditor().around.registry.get(type);
