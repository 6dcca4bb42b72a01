import type { Graph, GraphInput } from "../../protocol/graph.ts";
import type { Template } from "../../protocol/templates.ts";
import { callApi } from "../call-api.ts";
import type { NewBatch } from "./batch-server.ts";

/** What a table will run: a graph as it is saved now, or a published template. */
export type Source = {
  name: string;
  href: string;
  inputs: readonly GraphInput[];
  what: Pick<NewBatch, "graph" | "templateId" | "revision">;
};

/** Loads it with its inputs. Throws ApiError (404: there is none). */
export async function loadSource(where: { graph?: string; template?: string }): Promise<Source> {
  if (where.template !== undefined) {
    const path = `/templates/${encodeURIComponent(where.template)}`;
    const { name, revision, inputs, form, id } = await callApi<Template>(`/api${path}`);
    // A form may call an input by another name; people know it by that one.
    const titles = new Map(form.groups.flatMap(({ fields }) => fields.map((field) => [field.key, field.title])));
    return {
      name,
      href: path,
      inputs: inputs.map((input) => ({ ...input, title: titles.get(input.key) ?? input.title })),
      what: { templateId: id, revision },
    };
  }
  const path = `/graphs/${encodeURIComponent(where.graph ?? "")}`;
  const graph = await callApi<Graph>(`/api${path}`);
  // The document itself is sent: what was mapped here is what runs, whatever is saved meanwhile.
  return { name: graph.name, href: path, inputs: graph.inputs, what: { graph } };
}

/** What an input takes, in words for whoever fills the table. */
export function inputWords({ type, min, max, options, required, many, default: fallback }: GraphInput): string {
  const bounds = [min === undefined ? "" : `from ${min}`, max === undefined ? "" : `up to ${max}`]
    .filter(Boolean)
    .join(" ");
  const kinds: Record<GraphInput["type"], string> = {
    text: "text",
    longtext: "text, also several lines",
    number: `number${bounds && ` ${bounds}`}`,
    boolean: "yes or no",
    choice: `one of ${(options ?? []).map((option) => (typeof option === "string" ? option : option.value)).join(", ")}`,
    color: "colour such as #1a2b3c",
    image: many
      ? "pictures: file names, addresses or assets, with | between them"
      : "picture: a file name, an address or an asset",
  };
  const standing = fallback === undefined || typeof fallback === "object" ? "" : String(fallback);
  if (standing !== "") return `${kinds[type]}; without a column: ${standing}`;
  return required ? `${kinds[type]}; needed` : kinds[type];
}
