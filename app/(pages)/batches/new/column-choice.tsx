import { INPUT_TYPE_TITLES } from "#lib/client/editor/fields/input-field.ts";
import type { Mapping } from "#lib/client/table/guess-mapping.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";

/** Which input a column feeds. */
export function ColumnChoice(props: {
  name: string;
  column: number;
  mapping: Mapping;
  inputs: readonly GraphInput[];
  map(column: number, key: string | undefined): void;
}) {
  const { name, column, mapping, inputs } = props;
  const key = mapping[column];
  return (
    <label className="flex flex-col gap-1 py-1">
      <span className={`truncate font-medium text-sm ${key === undefined ? "text-soft" : ""}`} title={name}>
        {name}
      </span>
      <select
        aria-label={`Input for the column ${name}`}
        value={key ?? ""}
        onChange={({ target }) => props.map(column, target.value || undefined)}
        className={`min-h-8 w-full rounded-md border bg-well px-1.5 text-sm ${key === undefined ? "border-line text-soft" : "border-brand/60"}`}
      >
        <option value="">Not used</option>
        {inputs.map((input) => (
          <option key={input.key} value={input.key}>
            {`→ ${input.title ?? input.key} (${INPUT_TYPE_TITLES[input.type].toLowerCase()})`}
          </option>
        ))}
      </select>
    </label>
  );
}
