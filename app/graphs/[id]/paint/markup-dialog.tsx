"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function MarkupDialog(_props: DialogProps<"markup">) {
  return null;
}
