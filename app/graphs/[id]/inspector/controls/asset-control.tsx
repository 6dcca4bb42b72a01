"use client";
import { Thumb } from "./assets-control.tsx";
import { BOX, type ControlProps } from "./control-props.ts";
import { PictureDrop } from "./picture-drop.tsx";

/** One stored file. Its name can be pasted too: what is stored already need not be sent again. */
export function AssetControl({ id, field, value, onChange, onDone, describedBy, wrong }: ControlProps<"asset">) {
  const asset = typeof value === "object" && value !== null ? (value as { asset?: unknown }).asset : value;
  return (
    <PictureDrop
      id={id}
      many={false}
      describedBy={describedBy}
      onStored={([first]) => {
        if (!first) return;
        onChange(first.asset);
        onDone();
      }}
    >
      <div className="flex items-center gap-1.5">
        {asset !== undefined && <Thumb asset={asset} alt={field.title} />}
        <input
          type="text"
          aria-label={`${field.title}, name of the stored file`}
          aria-invalid={wrong || undefined}
          spellCheck={false}
          placeholder="sha256:…"
          value={typeof asset === "string" ? asset : ""}
          onChange={({ target }) => onChange(target.value.trim() === "" ? undefined : target.value.trim())}
          onBlur={onDone}
          className={`${BOX} font-mono text-xs`}
        />
      </div>
    </PictureDrop>
  );
}
