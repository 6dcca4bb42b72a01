"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function ConnectDialog(_props: DialogProps<"connect">) {
  return null;
}
