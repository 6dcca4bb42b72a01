"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function MaskDialog(_props: DialogProps<"mask">) {
  return null;
}
