"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function VersionsDialog(_props: DialogProps<"versions">) {
  return null;
}
