"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function PickerDialog(_props: DialogProps<"picker">) {
  return null;
}
