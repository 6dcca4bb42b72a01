"use client";
import dynamic from "next/dynamic";
import type { ControlProps } from "../inspector/controls/control-props.ts";

// They come when a node is looked at that stands for a graph.
const GraphField = dynamic(() => import("./linked-graph-field.tsx").then((file) => file.LinkedGraphField));
const InputsField = dynamic(() => import("./linked-inputs-field.tsx").then((file) => file.LinkedInputsField));

export const LinkedGraphControl = (props: ControlProps<"linked-graph">) => <GraphField {...props} />;
export const LinkedInputsControl = (props: ControlProps<"linked-inputs">) => <InputsField {...props} />;
