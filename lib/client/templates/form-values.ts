import type { GraphInput } from "../../protocol/graph.ts";
import type { AskedGroup } from "./form-fields.ts";

/** A picture of a form: stored already. */
export type FormPicture = { asset: string; note?: string };
/** What a person has put into a form, by input: texts as typed, pictures as a list. */
export type FormValues = Readonly<Record<string, string | boolean | readonly FormPicture[]>>;

const fields = (groups: readonly AskedGroup[]) => groups.flatMap((group) => group.fields);

/** A form as it is opened: the defaults, or what an earlier run was given. */
export function valuesFrom(groups: readonly AskedGroup[], given: Readonly<Record<string, unknown>> = {}): FormValues {
  return Object.fromEntries(
    fields(groups).map(({ input }) => [
      input.key,
      shown(input, Object.hasOwn(given, input.key) ? given[input.key] : input.default),
    ]),
  );
}

function shown(input: GraphInput, value: unknown): FormValues[string] {
  if (input.type === "image")
    return (Array.isArray(value) ? value : [value]).filter(
      (one): one is FormPicture => typeof (one as FormPicture | null)?.asset === "string",
    );
  if (input.type === "boolean") return value === true || value === "true";
  return value === undefined || value === null ? "" : String(value);
}

/**
 * What is sent: what was typed, as the server reads it. An emptied text is sent as empty, so that a default does not come back by itself; an emptied number,
 * colour or choice says nothing.
 */
export function inputsOf(groups: readonly AskedGroup[], values: FormValues): Record<string, unknown> {
  return Object.fromEntries(
    fields(groups).flatMap(({ input }): [string, unknown][] => {
      const value = values[input.key];
      if (typeof value === "boolean") return [[input.key, value]];
      if (Array.isArray(value))
        return value.length === 0
          ? input.default === undefined
            ? []
            : [[input.key, []]]
          : [[input.key, input.many ? value : value[0]]];
      const text = String(value ?? "");
      const isText = input.type === "text" || input.type === "longtext";
      if (text.trim() === "" && !isText) return [];
      return [[input.key, input.type === "number" ? plainNumber(text) : text]];
    }),
  );
}

/** People write 2,5 as well as 2.5. */
const plainNumber = (text: string): string => text.trim().replace(",", ".");

/** A sentence where a field cannot be sent as it is; undefined when it can. The server checks everything again. */
export function faultOf(input: GraphInput, value: FormValues[string] | undefined): string | undefined {
  const empty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) {
    const hasDefault =
      input.default !== undefined && input.default !== "" && input.type !== "text" && input.type !== "longtext";
    return input.required && !hasDefault ? (input.type === "image" ? "Add a picture." : "Fill this in.") : undefined;
  }
  if (input.type !== "number") return undefined;
  const number = Number(plainNumber(String(value)));
  if (!Number.isFinite(number)) return "Write a number.";
  if (input.min !== undefined && number < input.min) return `At least ${input.min}.`;
  return input.max !== undefined && number > input.max ? `At most ${input.max}.` : undefined;
}

/** Every fault by input, in the order of the form. */
export const faultsOf = (groups: readonly AskedGroup[], values: FormValues): Map<string, string> =>
  new Map(
    fields(groups).flatMap(({ input }): [string, string][] => {
      const fault = faultOf(input, values[input.key]);
      return fault === undefined ? [] : [[input.key, fault]];
    }),
  );
