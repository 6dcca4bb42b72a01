"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function PaletteDialog(_props: DialogProps<"palette">) {
  return null;
}
