"use client";
import { Braces, RotateCcw, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { inputTypesFor, isBinding } from "#lib/client/editor/fields/bindings.ts";
import { BindChoices, BoundChip } from "./binding.tsx";
import { ControlFor } from "./controls/control-for.tsx";
import { type FieldBoxProps, MINI } from "./controls/control-props.ts";
import { usePlace, useRefusal, useSentences } from "./field-place.ts";
import { TextPreview } from "./text-preview.tsx";

/** One setting: its name, its control, what it means and what is wrong with it. The same at every depth. */
export function FieldBox({ field, path, value, onChange, onDone, aside, mixed = false }: FieldBoxProps) {
  const id = useId();
  const [binding, setBinding] = useState(false);
  const place = usePlace();
  const sentences = useSentences(path);
  const refused = useRefusal(field, path);
  const bound = isBinding(value);
  const set = value !== undefined;
  const parts = field.control.kind === "group" || field.control.kind === "rows" || field.control.kind === "shapes";
  // Parts of a group say themselves what is wrong with them.
  const shown = parts && !bound ? [] : sentences;
  const bindable = place !== undefined && !bound && inputTypesFor(field.control).length > 0;
  const { kind } = field.control;
  const slider = field.control.kind === "number" && field.control.slider;
  const inline = kind === "number" || kind === "switch";
  const control = (
    <ControlFor
      id={id}
      field={field}
      path={path}
      value={value}
      onChange={onChange}
      onDone={onDone}
      Part={FieldBox}
      wrong={shown.some(({ level }) => level === "error")}
      disabled={refused}
      describedBy={`${id}-help ${id}-wrong`}
    />
  );
  return (
    <div className="group/field flex flex-col gap-1" data-field={path}>
      <div className={inline ? "flex min-h-8 items-center gap-1" : "contents"}>
        <div
          className={`flex min-h-7 min-w-0 items-center gap-1 ${inline ? (slider ? "w-32 shrink-0" : "flex-1") : ""}`}
        >
          <label
            htmlFor={id}
            id={`${id}-label`}
            title={field.help}
            className={`min-w-0 flex-1 truncate text-xs ${refused ? "text-soft" : "font-medium"}`}
          >
            {field.title}
            {mixed && <span className="ml-1.5 font-normal text-soft">differs</span>}
          </label>
          {aside}
          {bindable && (
            <button
              type="button"
              aria-expanded={binding}
              title="Bind to an input"
              aria-label={`Bind ${field.title} to an input`}
              onClick={() => setBinding(!binding)}
              className={`${MINI} opacity-0 focus-visible:opacity-100 group-focus-within/field:opacity-100 group-hover/field:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100 ${slider ? "-mr-1 w-5" : ""}`}
            >
              <Braces aria-hidden="true" className="size-3.5" />
            </button>
          )}
          {set && !bound && !field.required && (
            <button
              type="button"
              title={`Back to default${said(field.fallback)}`}
              aria-label={`Back to default: ${field.title}`}
              onClick={() => {
                onChange(undefined);
                onDone();
              }}
              className={`${MINI} ${slider ? "w-5" : ""}`}
            >
              <RotateCcw aria-hidden="true" className="size-3.5" />
            </button>
          )}
        </div>
        {!bound && <div className={inline ? (slider ? "min-w-0 flex-1" : "w-32 shrink-0") : "contents"}>{control}</div>}
      </div>
      {bound && <BoundChip id={id} field={field} binding={value} onChange={onChange} />}
      {binding && <BindChoices field={field} value={value} onBind={onChange} onClose={() => setBinding(false)} />}
      {(field.help || refused) && (
        <p
          id={`${id}-help`}
          className={`text-soft text-xs ${refused ? "" : "sr-only group-focus-within/field:not-sr-only"}`}
        >
          {refused ?? field.help}
        </p>
      )}
      <div id={`${id}-wrong`} className="contents">
        {shown
          .filter(({ message }) => message !== refused)
          .map(({ level, message }) => (
            <p key={message} className={`flex gap-1.5 text-xs ${level === "error" ? "text-fail" : "text-hold"}`}>
              <TriangleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
              <span className="min-w-0 break-words">{message}</span>
            </p>
          ))}
      </div>
      {typeof value === "string" && value.includes("{{") && place !== undefined && (
        <TextPreview nodeId={place} late={field.late} text={value} />
      )}
    </div>
  );
}

/** A default short enough to name. */
const said = (fallback: unknown): string =>
  typeof fallback === "string" || typeof fallback === "number" || typeof fallback === "boolean"
    ? `: ${String(fallback).slice(0, 40) || "empty"}`
    : "";
