"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function ConflictDialog(_props: DialogProps<"conflict">) {
  return null;
}
