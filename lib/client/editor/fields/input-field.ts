import type { GraphInput } from "../../../protocol/graph.ts";
import type { Control, Field } from "./control.ts";

/** How the value of a graph input is edited: with the same controls as a node's settings. */
export function fieldOfInput(input: GraphInput): Field {
  return {
    name: input.key,
    title: "Value for the next run",
    required: false,
    late: [],
    control: controlOf(input),
  };
}

function controlOf(input: GraphInput): Control {
  switch (input.type) {
    case "text":
      return { kind: "text", multiline: false, markdown: false };
    case "longtext":
      return { kind: "text", multiline: true, markdown: false };
    case "number":
      return { kind: "number", integer: false, min: input.min, max: input.max, step: 1, slider: false };
    case "boolean":
      return { kind: "switch" };
    case "choice":
      return { kind: "choice", options: optionsOf(input), segmented: false };
    case "color":
      return { kind: "color" };
    case "image":
      return { kind: "assets", max: input.many ? undefined : 1 };
  }
}

/** The values a choice may have. */
export const optionsOf = ({ options = [] }: GraphInput): string[] =>
  options.map((option) => (typeof option === "string" ? option : option.value));

/** An input's default as its control wants it: pictures always as a list. */
export const shownDefault = ({ type, default: value }: GraphInput): unknown =>
  type === "image" && value !== undefined && !Array.isArray(value) ? [value] : value;

/** What a control gave as the document keeps it: one picture alone unless there may be many. */
export const keptDefault = ({ type, many }: GraphInput, value: unknown): unknown =>
  type === "image" && !many && Array.isArray(value) ? value[0] : value;

/** An input with another type: what only the old one had goes, and its default with it when it does not fit any more. */
export function withType(input: GraphInput, type: GraphInput["type"]): Partial<GraphInput> {
  const words = new Set<GraphInput["type"]>(["text", "longtext"]);
  const stays = words.has(input.type) && words.has(type);
  return {
    type,
    default: stays ? input.default : undefined,
    options: type === "choice" ? (input.options ?? ["first", "second"]) : undefined,
    min: type === "number" ? input.min : undefined,
    max: type === "number" ? input.max : undefined,
    many: type === "image" ? input.many : undefined,
  };
}

/** What people call the types of inputs. */
export const INPUT_TYPE_TITLES: Record<GraphInput["type"], string> = {
  text: "Text",
  longtext: "Long text",
  number: "Number",
  boolean: "Yes / no",
  choice: "Choice",
  color: "Colour",
  image: "Picture",
};
