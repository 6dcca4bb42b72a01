"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function FindDialog(_props: DialogProps<"find">) {
  return null;
}
