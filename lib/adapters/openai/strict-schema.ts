type Schema = Record<string, unknown>;

const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const DROPPED = new Set(["$schema", "$id", "default", "examples", "title"]);
const LISTS = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
const MAPS = new Set(["$defs", "definitions"]);

/**
 * A JSON Schema in the form structured outputs demand: every property required, nothing else allowed. What was optional becomes nullable;
 * `withoutNulls` undoes that in the answer.
 */
export function strictSchema(schema: Schema): Schema {
  const strict: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.has(key)) continue;
    if (LISTS.has(key) && Array.isArray(value))
      strict[key] = value.map((each) => (isObject(each) ? strictSchema(each) : each));
    else if (MAPS.has(key) && isObject(value)) strict[key] = mapValues(value, strictSchema);
    else if (key === "items" && isObject(value)) strict[key] = strictSchema(value);
    else strict[key] = value;
  }
  if (schema.type !== "object" && !isObject(schema.properties)) return strict;
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties: Schema = {};
  for (const [name, value] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    const inner = strictSchema(isObject(value) ? value : {});
    properties[name] = required.has(name) ? inner : { anyOf: [inner, { type: "null" }] };
  }
  return {
    ...strict,
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

const mapValues = (map: Schema, change: (schema: Schema) => Schema): Schema =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, isObject(value) ? change(value) : value]));

/** Takes the nulls out of an answer that stand for properties the original schema left optional. */
export function withoutNulls(schema: Schema, json: unknown): unknown {
  if (Array.isArray(json))
    return json.map((each) => (isObject(schema.items) ? withoutNulls(schema.items, each) : each));
  if (!isObject(json) || !isObject(schema.properties)) return json;
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const kept: Schema = {};
  for (const [name, value] of Object.entries(json)) {
    if (value === null && !required.has(name)) continue;
    const inner = schema.properties[name];
    kept[name] = isObject(inner) ? withoutNulls(inner, value) : value;
  }
  return kept;
}
