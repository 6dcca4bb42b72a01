import type * as z from "zod";
import { type Problem, problem } from "./problems.ts";

type Issue = z.core.$ZodIssue;
type Document = Record<string, unknown>;

/** What a schema found wrong with a graph document, as problems with node (or edge), field and a sentence. */
export function explainGraphIssue(issue: Issue, document: Document): Problem[] {
  const [list, index, ...inside] = issue.path;
  const entry = typeof index === "number" ? (document[String(list)] as unknown[] | undefined)?.[index] : undefined;
  const id = (entry as { id?: unknown } | null | undefined)?.id;
  const named = typeof id === "string" && (list === "nodes" || list === "edges");
  const where: Partial<Problem> = named ? { [list === "nodes" ? "node" : "edge"]: id } : {};
  const path = (named ? inside : issue.path).map(String);
  const place = named ? ` of ${list === "nodes" ? "the node" : "the edge"} ${id}` : "";
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const field = [...path, key].join(".");
      return problem("UNKNOWN_FIELD", `"${field}"${place} is not a field this program knows.`, { ...where, field });
    });
  const field = path.join(".");
  const name = inside.at(-1) ?? list;
  const code = name === "id" || (list === "inputs" && name === "key") ? "BAD_ID" : "BAD_FIELD";
  return [problem(code, `"${field || "The graph"}"${place} is not right: ${issue.message}.`, { ...where, field })];
}
