"use client";
import { useState } from "react";
import { BOX, type ControlProps } from "./control-props.ts";

/** A setting in a form no control knows, as JSON. What is not JSON yet is not taken over. */
export function RawControl({ id, value, onChange, onDone, describedBy }: ControlProps<"raw">) {
  const [draft, setDraft] = useState<string>();
  const [fault, setFault] = useState(false);
  return (
    <>
      <textarea
        id={id}
        rows={2}
        spellCheck={false}
        aria-describedby={describedBy}
        aria-invalid={fault || undefined}
        value={draft ?? (value === undefined ? "" : JSON.stringify(value, null, 2))}
        onChange={({ target }) => {
          setDraft(target.value);
          try {
            onChange(target.value.trim() === "" ? undefined : JSON.parse(target.value));
            setFault(false);
          } catch {
            setFault(true);
          }
        }}
        onBlur={() => {
          if (!fault) setDraft(undefined);
          onDone();
        }}
        className={`${BOX} field-sizing-content max-h-64 font-mono text-xs`}
      />
      {fault && <p className="text-fail text-xs">This is not JSON yet; it is not taken over.</p>}
    </>
  );
}
