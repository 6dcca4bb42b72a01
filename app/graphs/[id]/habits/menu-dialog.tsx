"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function MenuDialog(_props: DialogProps<"menu">) {
  return null;
}
