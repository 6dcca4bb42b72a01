"use client";
import dynamic from "next/dynamic";
import { useEditorState } from "#lib/client/editor/use-editor.ts";

const Frame = dynamic(() => import("./frame.tsx").then((part) => part.Frame));

/** The frames of the document, behind its nodes. */
export function Frames() {
  const frames = useEditorState(({ document }) => document.frames);
  return frames.map((frame) => <Frame key={frame.id} frame={frame} />);
}
