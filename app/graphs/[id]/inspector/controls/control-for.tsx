"use client";
import type { ComponentType } from "react";
import type { Control } from "#lib/client/editor/fields/control.ts";
import { SheetControl } from "../../library/sheet-control.tsx";
import { LinkedGraphControl, LinkedInputsControl } from "../../subgraph/linked-graph-control.tsx";
import { AssetControl } from "./asset-control.tsx";
import { AssetsControl } from "./assets-control.tsx";
import { ChoiceControl, ChoicesControl } from "./choice-control.tsx";
import { ColorControl, ColorsControl } from "./color-control.tsx";
import type { ControlProps } from "./control-props.ts";
import { CurveControl } from "./curve-control.tsx";
import { DrawingControl } from "./drawing-control.tsx";
import { GroupControl } from "./group-control.tsx";
import { LutControl } from "./lut-control.tsx";
import { ModelControl } from "./model-control.tsx";
import { NumberControl } from "./number-control.tsx";
import { RawControl } from "./raw-control.tsx";
import { RowsControl } from "./rows-control.tsx";
import { ScalarControl } from "./scalar-control.tsx";
import { ShapesControl } from "./shapes-control.tsx";
import { SizeControl } from "./size-control.tsx";
import { SwitchControl } from "./switch-control.tsx";
import { TextControl } from "./text-control.tsx";
import { WordsControl } from "./words-control.tsx";

const CONTROLS: { [K in Control["kind"]]: ComponentType<ControlProps<K>> } = {
  text: TextControl,
  number: NumberControl,
  switch: SwitchControl,
  choice: ChoiceControl,
  choices: ChoicesControl,
  words: WordsControl,
  color: ColorControl,
  colors: ColorsControl,
  model: ModelControl,
  size: SizeControl,
  assets: AssetsControl,
  asset: AssetControl,
  lut: LutControl,
  drawing: DrawingControl,
  curve: CurveControl,
  scalar: ScalarControl,
  group: GroupControl,
  rows: RowsControl,
  shapes: ShapesControl,
  sheet: SheetControl,
  hidden: () => null,
  "linked-graph": LinkedGraphControl,
  "linked-inputs": LinkedInputsControl,
  raw: RawControl,
};

/** The control of a setting, by its kind. */
export function ControlFor(props: Omit<ControlProps, "control">) {
  const { control } = props.field;
  const One = CONTROLS[control.kind] as ComponentType<ControlProps>;
  return <One {...props} control={control} />;
}
