"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function KeepRegionDialog(_props: DialogProps<"keep-region">) {
  return null;
}
