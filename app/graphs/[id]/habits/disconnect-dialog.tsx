"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function DisconnectDialog(_props: DialogProps<"disconnect">) {
  return null;
}
