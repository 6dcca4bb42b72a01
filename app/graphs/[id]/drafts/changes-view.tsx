"use client";
import type { ComponentProps } from "react";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { DocumentChanges } from "./document-changes.tsx";

/** What is different between two documents, told with the node types of this editor. */
export function ChangesView(props: Omit<ComponentProps<typeof DocumentChanges>, "registry">) {
  return <DocumentChanges registry={useEditor().around.registry} {...props} />;
}
