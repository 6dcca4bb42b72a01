import { invalid } from "../http/refusal.ts";

type Schema = { [key: string]: unknown };

/** Structured output: a named object schema; with `strict` every property is required and nothing else is allowed. */
export function checkTextFormat(format: {
  type: string;
  name?: string;
  schema?: Schema;
  strict?: boolean | null;
}): void {
  if (format.type !== "json_schema") return;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(format.name ?? ""))
    throw invalid("invalid_value", "text.format.name", "Invalid 'text.format.name': use letters, digits, '_' and '-'.");
  const schema = format.schema!;
  if (schema.type !== "object") throw refuse(format.name!, "schema must be of type 'object' at the root");
  if (format.strict) checkStrict(format.name!, schema, "()");
}

function checkStrict(name: string, schema: Schema, at: string): void {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes("object")) {
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    const required = (schema.required ?? []) as string[];
    if (schema.additionalProperties !== false)
      throw refuse(name, `In context=${at}, 'additionalProperties' is required to be supplied and to be false`);
    const missing = Object.keys(properties).find((key) => !required.includes(key));
    if (missing)
      throw refuse(name, `In context=${at}, 'required' must include every key in properties; missing '${missing}'`);
    for (const [key, inner] of Object.entries(properties)) checkStrict(name, inner, `('properties', '${key}')`);
  }
  if (types.includes("array") && schema.items && typeof schema.items === "object")
    checkStrict(name, schema.items as Schema, "('items')");
  for (const key of ["anyOf", "oneOf", "allOf"] as const)
    for (const inner of (schema[key] ?? []) as Schema[]) checkStrict(name, inner, `('${key}')`);
  for (const inner of Object.values((schema.$defs ?? {}) as Record<string, Schema>))
    checkStrict(name, inner, "('$defs')");
}

function refuse(name: string, why: string) {
  return invalid("invalid_json_schema", "text.format.schema", `Invalid schema for response_format '${name}': ${why}.`);
}
