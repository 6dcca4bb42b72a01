"use client";
import type { ReactNode } from "react";
import { optionsOf } from "#lib/client/editor/fields/input-field.ts";
import type { AskedField } from "#lib/client/templates/form-fields.ts";
import type { FormPicture, FormValues } from "#lib/client/templates/form-values.ts";
import { ChoiceField } from "./choice-field.tsx";
import { ColorField } from "./color-field.tsx";
import { BOX } from "./field-look.ts";
import { PictureField } from "./picture-field.tsx";

type Props = {
  id: string;
  field: AskedField;
  value: FormValues[string] | undefined;
  fault?: string;
  onChange(value: FormValues[string]): void;
};

/** One question: its words, its control, and what is wrong with the answer. */
export function FormField(props: Props) {
  const { id, field, fault } = props;
  const { input, title, help } = field;
  const grouped = input.type === "image" || (input.type === "choice" && optionsOf(input).length <= 4);
  const described = [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(" ") || undefined;
  const heading = (
    <>
      {title}
      {!input.required && input.type !== "boolean" && <span className="ml-1.5 font-normal text-soft">optional</span>}
    </>
  );
  return (
    <div data-field={input.key} className="flex min-w-0 flex-col gap-1.5">
      {input.type === "boolean" ? null : grouped ? (
        <span id={`${id}-title`} className="font-medium text-sm wrap-anywhere">
          {heading}
        </span>
      ) : (
        <label htmlFor={id} className="font-medium text-sm wrap-anywhere">
          {heading}
        </label>
      )}
      {help && input.type !== "boolean" && (
        <p id={`${id}-help`} className="text-[13px] text-soft leading-snug wrap-anywhere">
          {help}
        </p>
      )}
      <Answer {...props} described={described} labelledBy={grouped ? `${id}-title` : undefined} />
      {fault && (
        <p id={`${id}-fault`} className="text-fail text-sm">
          {fault}
        </p>
      )}
    </div>
  );
}

function Answer({
  id,
  field,
  value,
  fault,
  onChange,
  described,
  labelledBy,
}: Props & { described?: string; labelledBy?: string }): ReactNode {
  const { input, placeholder } = field;
  const text = typeof value === "string" ? value : "";
  const common = {
    id,
    "aria-describedby": described,
    "aria-invalid": fault !== undefined || undefined,
    "aria-required": input.required || undefined,
  };
  switch (input.type) {
    case "text":
      return (
        <input
          {...common}
          type="text"
          value={text}
          placeholder={placeholder}
          onChange={({ target }) => onChange(target.value)}
          className={BOX}
        />
      );
    case "longtext":
      return (
        <textarea
          {...common}
          rows={4}
          value={text}
          placeholder={placeholder}
          onChange={({ target }) => onChange(target.value)}
          className={`${BOX} field-sizing-content max-h-80 min-h-28`}
        />
      );
    case "number":
      return (
        <input
          {...common}
          type="text"
          inputMode="decimal"
          value={text}
          placeholder={placeholder ?? bounds(input)}
          onChange={({ target }) => onChange(target.value)}
          className={`${BOX} tabular-nums`}
        />
      );
    case "boolean":
      return (
        <label
          htmlFor={id}
          className="flex min-h-11 items-center justify-between gap-4 rounded-lg border border-line bg-well px-3 py-2"
        >
          <span className="min-w-0">
            <span className="block font-medium text-sm">{field.title}</span>
            {field.help && (
              <span id={`${id}-help`} className="block text-[13px] text-soft leading-snug wrap-anywhere">
                {field.help}
              </span>
            )}
          </span>
          <input
            {...common}
            type="checkbox"
            checked={value === true}
            onChange={({ target }) => onChange(target.checked)}
            className="size-5 shrink-0 accent-brand"
          />
        </label>
      );
    case "choice":
      return <ChoiceField {...common} labelledBy={labelledBy} input={input} value={text} onChange={onChange} />;
    case "color":
      return <ColorField {...common} title={field.title} value={text} placeholder={placeholder} onChange={onChange} />;
    case "image":
      return (
        <PictureField
          id={id}
          labelledBy={labelledBy}
          describedBy={described}
          wrong={fault !== undefined}
          many={input.many === true}
          pictures={Array.isArray(value) ? (value as readonly FormPicture[]) : []}
          onChange={onChange}
        />
      );
  }
}

const bounds = ({ min, max }: { min?: number; max?: number }): string | undefined =>
  min !== undefined && max !== undefined
    ? `${min} to ${max}`
    : min !== undefined
      ? `${min} or more`
      : max !== undefined
        ? `up to ${max}`
        : undefined;
