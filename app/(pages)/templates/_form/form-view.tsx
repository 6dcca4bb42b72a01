"use client";
import type { AskedGroup } from "#lib/client/templates/form-fields.ts";
import type { FormValues } from "#lib/client/templates/form-values.ts";
import { FormField } from "./form-field.tsx";

/** The questions of a form in their groups. Answers live outside; so do the sentences about them. */
export function FormView({
  groups,
  values,
  faults,
  idPrefix,
  onChange,
}: {
  groups: readonly AskedGroup[];
  values: FormValues;
  /** By input. */
  faults: ReadonlyMap<string, string>;
  idPrefix: string;
  onChange(key: string, value: FormValues[string]): void;
}) {
  return groups.map(({ title, help, fields }, index) => {
    const questions = fields.map((field) => (
      <FormField
        key={field.input.key}
        id={`${idPrefix}-${field.input.key}`}
        field={field}
        value={values[field.input.key]}
        fault={faults.get(field.input.key)}
        onChange={(value) => onChange(field.input.key, value)}
      />
    ));
    if (title === "")
      return (
        <div key={index} className="flex flex-col gap-5">
          {questions}
        </div>
      );
    return (
      <fieldset
        key={index}
        className="flex min-w-0 flex-col gap-5 border-line border-t pt-4 first:border-t-0 first:pt-0"
      >
        <legend className="float-left w-full font-semibold">{title}</legend>
        {help && <p className="-mt-4 clear-left text-sm text-soft">{help}</p>}
        {questions}
      </fieldset>
    );
  });
}
