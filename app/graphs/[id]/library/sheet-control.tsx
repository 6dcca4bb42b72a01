"use client";
import dynamic from "next/dynamic";
import type { ControlProps } from "../inspector/controls/control-props.ts";

/** The library comes when a sheet is chosen; the editor opens without it. */
const SheetField = dynamic(() => import("./sheet-field.tsx").then((file) => file.SheetField), {
  loading: () => <p className="py-2 text-soft text-xs">Loading …</p>,
});

/** Which sheet of the library a node takes in, pinned to a version or following. */
export function SheetControl(props: ControlProps<"sheet">) {
  return <SheetField {...props} />;
}
