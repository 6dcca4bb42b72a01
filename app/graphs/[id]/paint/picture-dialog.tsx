"use client";
import type { DialogProps } from "../dialogs.tsx";

export default function PictureDialog(_props: DialogProps<"picture">) {
  return null;
}
