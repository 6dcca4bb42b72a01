"use client";
import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { INPUT_TYPE_TITLES } from "#lib/client/editor/fields/input-field.ts";
import { addGroup, changeField, changeGroup, moveField, removeGroup } from "#lib/client/editor/publish/layout.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";
import type { FormField, FormGroup } from "#lib/protocol/templates.ts";

const BOX = "w-full rounded-md border border-line bg-well px-2.5 py-1.5 text-sm";
type Change = (groups: readonly FormGroup[]) => void;

/** Which inputs the form asks for, in which order, under which headings and in which words. */
export function LayoutEditor({
  inputs,
  groups,
  faults,
  onChange,
}: {
  inputs: readonly GraphInput[];
  groups: readonly FormGroup[];
  /** By input. */
  faults: ReadonlyMap<string, string>;
  onChange: Change;
}) {
  const byKey = new Map(inputs.map((input) => [input.key, input]));
  if (inputs.length === 0)
    return (
      <p className="rounded-lg border border-line border-dashed px-3 py-4 text-sm text-soft">
        This graph has no inputs, so its form is a single button. Make a setting an input to have it asked for.
      </p>
    );
  return (
    <div className="flex flex-col gap-4">
      {groups.map((group, at) => (
        <fieldset key={at} className="flex min-w-0 flex-col gap-2">
          <legend className="sr-only">{group.title || `Group ${at + 1}`}</legend>
          {(groups.length > 1 || group.title !== "") && (
            <div className="flex gap-1.5">
              <input
                aria-label={`Heading of group ${at + 1}`}
                placeholder="Heading (may stay empty)"
                value={group.title}
                maxLength={200}
                onChange={({ target }) => onChange(changeGroup(groups, at, { title: target.value }))}
                className={`${BOX} font-semibold`}
              />
              {groups.length > 1 && (
                <Act
                  label={`Remove group ${at + 1}; its fields stay`}
                  onClick={() => onChange(removeGroup(groups, at))}
                >
                  <Trash2 aria-hidden="true" className="size-4" />
                </Act>
              )}
            </div>
          )}
          <ul className="flex flex-col gap-1.5">
            {group.fields.map((field) => {
              const input = byKey.get(field.key);
              return input ? (
                <li key={field.key}>
                  <Field
                    input={input}
                    field={field}
                    fault={faults.get(field.key)}
                    onMove={(by) => onChange(moveField(groups, field.key, by))}
                    onChange={(part) => onChange(changeField(groups, field.key, part))}
                  />
                </li>
              ) : null;
            })}
          </ul>
          {group.fields.length === 0 && <p className="text-soft text-xs">Empty: move a field in here.</p>}
        </fieldset>
      ))}
      <button
        type="button"
        onClick={() =>
          onChange(groups.length === 1 && groups[0]?.title === "" ? named(addGroup(groups)) : addGroup(groups))
        }
        className="inline-flex min-h-9 items-center gap-1.5 self-start rounded-lg px-2 text-sm text-soft hover:bg-ink/8 hover:text-ink"
      >
        <Plus aria-hidden="true" className="size-4" />
        Add a group
      </button>
    </div>
  );
}

/** A second group without a heading looks like the first. */
const named = (groups: FormGroup[]): FormGroup[] => changeGroup(groups, groups.length - 1, { title: "More" });

function Field({
  input,
  field,
  fault,
  onMove,
  onChange,
}: {
  input: GraphInput;
  field: FormField;
  fault?: string;
  onMove(by: -1 | 1): void;
  onChange(part: Partial<FormField>): void;
}) {
  const [open, setOpen] = useState(false);
  const details = useId();
  const name = field.title || input.title || input.key;
  const words = (label: string, key: "title" | "help" | "placeholder", hint: string) => (
    <label className="flex flex-col gap-1 text-soft text-xs">
      {label}
      <input
        value={field[key] ?? ""}
        placeholder={hint}
        maxLength={key === "title" ? 200 : 500}
        onChange={({ target }) => onChange({ [key]: target.value || undefined })}
        className={`${BOX} text-ink`}
      />
    </label>
  );
  return (
    <div className={`rounded-lg border bg-surface ${fault ? "border-fail" : "border-line"}`}>
      <div className="flex items-center gap-1 pr-1">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={details}
          onClick={() => setOpen(!open)}
          className="flex min-h-10 min-w-0 grow items-center gap-2 rounded-lg pl-2 text-left text-sm"
        >
          <ChevronRight
            aria-hidden="true"
            className={`size-4 shrink-0 text-soft transition ${open ? "rotate-90" : ""}`}
          />
          <span className={`min-w-0 grow truncate ${field.shown ? "" : "text-soft line-through"}`}>{name}</span>
          <span className="text-soft text-xs max-sm:hidden">{INPUT_TYPE_TITLES[input.type]}</span>
        </button>
        <label className="flex min-h-8 items-center gap-1 px-1.5 text-soft text-xs">
          <input
            type="checkbox"
            checked={field.shown}
            aria-label={`Ask for ${name}`}
            onChange={({ target }) => onChange({ shown: target.checked })}
            className="size-4 accent-brand"
          />
          Ask
        </label>
        <Act label={`Move ${name} up`} onClick={() => onMove(-1)}>
          <ArrowUp aria-hidden="true" className="size-4" />
        </Act>
        <Act label={`Move ${name} down`} onClick={() => onMove(1)}>
          <ArrowDown aria-hidden="true" className="size-4" />
        </Act>
      </div>
      <div id={details} hidden={!open} className="grid gap-2 border-line border-t p-2.5">
        {words("Title", "title", input.title || input.key)}
        {words("Help", "help", input.description ?? "What to write here, in a sentence")}
        {input.type !== "image" &&
          input.type !== "boolean" &&
          input.type !== "choice" &&
          words("Placeholder", "placeholder", "An example, shown while it is empty")}
      </div>
      {fault && <p className="px-2.5 pb-2 text-fail text-xs">{fault}</p>}
    </div>
  );
}

function Act({ label, onClick, children }: { label: string; onClick(): void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-8 shrink-0 place-items-center rounded-md text-soft hover:bg-ink/8 hover:text-ink"
    >
      {children}
    </button>
  );
}
