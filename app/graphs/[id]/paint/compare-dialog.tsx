"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function CompareDialog(_props: DialogProps<"compare">) {
  return null;
}
