"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function RenameDialog(_props: DialogProps<"rename">) {
  return null;
}
