"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function KeysDialog(_props: DialogProps<"keys">) {
  return null;
}
