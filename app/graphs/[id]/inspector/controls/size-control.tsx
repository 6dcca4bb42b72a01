"use client";
import { useState } from "react";
import { readSettings } from "#lib/client/editor/fields/field-problems.ts";
import { faultOf, shapeOf, sizePresets } from "#lib/client/editor/fields/picture-sizes.ts";
import { useOfNode } from "../field-place.ts";
import { BOX, type ControlProps } from "./control-props.ts";

/** The size of a picture: common ones by their shape, or any width and height the model can draw. */
export function SizeControl({ id, field, control, value, onChange, onDone, describedBy, wrong }: ControlProps<"size">) {
  const model = useOfNode(
    (type, node, { document }) => String(readSettings(type, node, document.inputs).config.imageModel ?? ""),
    "",
  );
  const now = typeof value === "string" ? value : typeof field.fallback === "string" ? field.fallback : "auto";
  const presets = sizePresets(control.presets, model);
  const custom = !presets.some(({ size }) => size === now);
  const [open, setOpen] = useState(custom);
  const [width = "", height = ""] = /^(\d*)x(\d*)$/.exec(now)?.slice(1) ?? [];
  const set = (w: string, h: string) => onChange(`${w.replace(/\D/g, "")}x${h.replace(/\D/g, "")}`);
  const reasons = [...new Set(presets.flatMap(({ fault }) => fault ?? []))];
  return (
    <div className="flex flex-col gap-1.5">
      <div
        role="radiogroup"
        id={id}
        aria-labelledby={`${id}-label`}
        aria-describedby={describedBy}
        className="grid grid-cols-4 gap-1"
      >
        {presets.map(({ size, width: w, height: h, shape, fault }) => (
          <label
            key={size}
            title={fault ?? (w ? `${w} × ${h} pixels` : "The model chooses")}
            className="flex cursor-pointer flex-col items-center gap-0.5 rounded-lg border border-line bg-well px-1 py-1.5 text-soft text-xs has-checked:border-brand has-checked:text-ink has-disabled:cursor-not-allowed has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-brand hover:text-ink"
          >
            <input
              type="radio"
              name={id}
              className="sr-only"
              checked={now === size}
              disabled={fault !== undefined && now !== size}
              onChange={() => {
                setOpen(false);
                onChange(size === field.fallback ? undefined : size);
                onDone();
              }}
            />
            <Outline width={w} height={h} />
            <span className="font-medium leading-none">{shape}</span>
            <span className="text-[10px] leading-tight tabular-nums">{w ? `${w}×${h}` : "model"}</span>
          </label>
        ))}
      </div>
      {reasons.map((reason) => (
        <p key={reason} className="text-soft text-xs">
          {`Some are not offered by ${model}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`}
        </p>
      ))}
      {open || custom ? (
        <div className="flex items-center gap-1.5">
          <input
            type="text"
            inputMode="numeric"
            aria-label="Width in pixels"
            placeholder="width"
            value={custom ? width : (width ?? "")}
            aria-invalid={wrong || undefined}
            onChange={(event) => set(event.target.value, height)}
            onBlur={onDone}
            className={`${BOX} tabular-nums`}
          />
          <span aria-hidden="true" className="text-soft">
            ×
          </span>
          <input
            type="text"
            inputMode="numeric"
            aria-label="Height in pixels"
            placeholder="height"
            value={height}
            aria-invalid={wrong || undefined}
            onChange={(event) => set(width, event.target.value)}
            onBlur={onDone}
            className={`${BOX} tabular-nums`}
          />
          <span className="w-14 shrink-0 text-center text-soft text-xs tabular-nums">
            {faultOf(now, model) === undefined && now !== "auto" ? shapeOf(now) : "px"}
          </span>
        </div>
      ) : (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="w-fit text-soft text-xs underline-offset-2 hover:text-ink hover:underline"
        >
          Width and height …
        </button>
      )}
    </div>
  );
}

/** A box in a size's shape. */
function Outline({ width = 1, height = 1 }: { width?: number; height?: number }) {
  const scale = 16 / Math.max(width, height);
  return (
    <span aria-hidden="true" className="grid size-5 place-items-center">
      <span
        className="rounded-[2px] border border-current"
        style={{ width: Math.max(5, width * scale), height: Math.max(5, height * scale) }}
      />
    </span>
  );
}
