"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function KeepDialog(_props: DialogProps<"keep">) {
  return null;
}
