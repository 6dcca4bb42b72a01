"use client";
import { useMemo } from "react";
import { readSettings } from "#lib/client/editor/fields/field-problems.ts";
import {
  imageModels,
  isKnownModel,
  type ModelOption,
  picturePrice,
  textModels,
} from "#lib/client/editor/fields/model-options.ts";
import { useOfNode, useRefusals } from "../field-place.ts";
import { BOX, type ControlProps } from "./control-props.ts";

const OTHER = "\u0000other";

/** A model, with what a picture costs and until when it is served. Another name can be written: a dated one pins a snapshot. */
export function ModelControl({
  id,
  field,
  control,
  path,
  value,
  onChange,
  onDone,
  describedBy,
  wrong,
  disabled,
}: ControlProps<"model">) {
  const asked = useOfNode((type, node, { document }) => {
    const { config } = readSettings(type, node, document.inputs);
    return `${String(config.size ?? "auto")} ${String(config.quality ?? "auto")}`;
  }, "auto auto");
  const options = useMemo(() => {
    const [size = "auto", quality = "auto"] = asked.split(" ");
    return control.of === "image" ? imageModels({ size, quality }, Date.now()) : textModels(Date.now());
  }, [asked, control.of]);
  const ids = useMemo(() => options.map((option) => option.id), [options]);
  const refusals = useRefusals(path, ids);
  const fallback = typeof field.fallback === "string" ? field.fallback : "";
  const own = typeof value === "string" ? value : undefined;
  const now = own ?? fallback;
  const written = own !== undefined && !ids.includes(own);
  const chosen = options.find((option) => option.id === now);
  const groups = [
    { title: "Current", list: options.filter(({ earlier, leaves, gone }) => !earlier && !leaves && !gone) },
    { title: "Earlier", list: options.filter(({ earlier, leaves, gone }) => (earlier || leaves) && !gone) },
    { title: "No longer offered", list: options.filter(({ gone }) => gone) },
  ];
  return (
    <div className="flex flex-col gap-1">
      <select
        id={id}
        value={written ? OTHER : (own ?? "")}
        disabled={disabled !== undefined && value === undefined}
        aria-invalid={wrong || undefined}
        aria-describedby={describedBy}
        onChange={({ target }) => {
          onChange(target.value === "" ? undefined : target.value === OTHER ? `${now}-` : target.value);
          onDone();
        }}
        className={BOX}
      >
        <option value="">{`${fallback} (default)`}</option>
        {groups
          .filter(({ list }) => list.length > 0)
          .map(({ title, list }) => (
            <optgroup key={title} label={title}>
              {list
                .filter((option) => option.id !== fallback || own === fallback)
                .map((option) => (
                  <option
                    key={option.id}
                    value={option.id}
                    title={refusals[option.id]}
                    disabled={(option.id in refusals || option.gone) && option.id !== own}
                  >
                    {option.id === now ? option.id : lineOf(option, refusals[option.id])}
                  </option>
                ))}
            </optgroup>
          ))}
        <option value={OTHER}>Another name …</option>
      </select>
      {written && (
        <input
          type="text"
          aria-label={`${field.title}, another name`}
          spellCheck={false}
          value={own}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onDone}
          className={`${BOX} font-mono text-xs`}
        />
      )}
      <p className="text-soft text-xs tabular-nums">
        {[chosen?.price ?? snapshotPrice(now, control.of, asked), chosen?.leaves].filter(Boolean).join(" · ")}
      </p>
    </div>
  );
}

const lineOf = ({ id, price, leaves }: ModelOption, refused: string | undefined): string =>
  [id, refused ?? price, refused ? undefined : leaves].filter(Boolean).join(" · ");

function snapshotPrice(id: string, of: "text" | "image", asked: string): string | undefined {
  const [size = "auto", quality = "auto"] = asked.split(" ");
  return of === "image" && isKnownModel(id, of) ? picturePrice(id, { size, quality }) : undefined;
}
