import type { GraphInput } from "../../protocol/graph.ts";
import type { Template } from "../../protocol/templates.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Schema = { [key: string]: Json };

/** A tool as assistants see it. */
export type Tool = {
  name: string;
  title: string;
  description: string;
  inputSchema: { type: "object"; properties: Record<string, Schema>; required: string[]; additionalProperties: false };
};

const PICTURE: Schema = {
  type: "string",
  description:
    'A picture: its https address, a stored one as "sha256:…", or the bytes as a data: address (PNG, JPEG or WebP).',
};

function schemaOf({ type, options, min, max, many }: GraphInput): Record<string, Json | undefined> {
  switch (type) {
    case "number":
      return { type: "number", minimum: min, maximum: max };
    case "boolean":
      return { type: "boolean" };
    case "choice":
      return {
        type: "string",
        enum: (options ?? []).map((option) => (typeof option === "string" ? option : option.value)),
      };
    case "color":
      return { type: "string", pattern: "^#[0-9A-Fa-f]{3,8}$", examples: ["#1a2b3c"] };
    case "image":
      return many ? { type: "array", items: PICTURE } : PICTURE;
    default:
      return { type: "string" };
  }
}

/** The JSON Schema of a template's inputs: those its form asks for, said as the form says them. */
export function inputSchemaOf({ inputs, form }: Pick<Template, "inputs" | "form">): Tool["inputSchema"] {
  const fields = new Map(form.groups.flatMap((group) => group.fields).map((field) => [field.key, field]));
  const asked = inputs.filter(({ key }) => fields.get(key)?.shown !== false);
  const properties = asked.map((input): [string, Schema] => {
    const schema = schemaOf(input);
    const field = fields.get(input.key);
    const words = [field?.help ?? input.description, schema.description].filter(Boolean).join(" ");
    const isPicture = input.type === "image";
    const more = {
      ...schema,
      title: field?.title ?? input.title,
      description: words || undefined,
      default: isPicture ? undefined : (input.default as Json | undefined),
    };
    const given = Object.entries(more).filter((entry): entry is [string, Json] => entry[1] !== undefined);
    return [input.key, Object.fromEntries(given)];
  });
  const hasDefault = ({ default: value }: GraphInput) => value !== undefined && value !== null && value !== "";
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: asked.filter((input) => input.required && !hasDefault(input)).map(({ key }) => key),
    additionalProperties: false,
  };
}

/** A tool's name from a template's id: 64 letters, digits, `_` and `-` at most, unlike every name in `taken`. */
export function toolName(id: string, taken: ReadonlySet<string>): string {
  const plain = id.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 60) || "template";
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.has(name)) return name;
  }
}
