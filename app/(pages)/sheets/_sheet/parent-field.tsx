"use client";
import { useId } from "react";
import { pinned, sheetChoice } from "#lib/client/library/sheet-choice.ts";
import { useSheets } from "#lib/client/library/use-sheets.ts";

const ALL = { q: "", tag: "", archived: false };

/** The sheet this one builds on: none, one at its newest version whenever it is used, or one version of it for good. */
export function ParentField({
  value,
  own,
  onChange,
}: {
  value: string;
  own: string | undefined;
  onChange(parent: string): void;
}) {
  const id = useId();
  const { list } = useSheets(ALL);
  const choice = sheetChoice(value, list?.sheets);
  const offered = (list?.sheets ?? []).filter((sheet) => sheet.id !== own);
  const missing = choice && !choice.sheet;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        Extends
      </label>
      <div className="flex flex-wrap gap-2">
        <select
          id={id}
          value={choice?.ref.id ?? ""}
          onChange={({ target }) => onChange(target.value)}
          className="min-h-10 min-w-0 flex-1 basis-48 rounded-lg border border-line bg-well px-3 text-sm"
        >
          <option value="">No other sheet</option>
          {missing && <option value={choice.ref.id}>{choice.ref.id} (not listed here)</option>}
          {offered.map((sheet) => (
            <option key={sheet.id} value={sheet.id}>
              {sheet.name}
            </option>
          ))}
        </select>
        {choice && (
          <select
            aria-label="Which version of it"
            value={choice.follows ? "" : String(choice.version)}
            onChange={({ target }) =>
              onChange(target.value === "" ? choice.ref.id : pinned({ ...choice, version: Number(target.value) }))
            }
            className="min-h-10 rounded-lg border border-line bg-well px-3 text-sm"
          >
            <option value="">Its newest version</option>
            {Array.from({ length: choice.sheet?.newest ?? choice.version ?? 1 }, (_, index) => index + 1)
              .reverse()
              .map((version) => (
                <option key={version} value={version}>
                  Version {version}
                </option>
              ))}
          </select>
        )}
      </div>
    </div>
  );
}
