import type { TemplateSummary } from "../../protocol/templates.ts";

/** What was published last stands first. */
export const newestFirst = (templates: readonly TemplateSummary[]): TemplateSummary[] =>
  templates.toSorted((a, b) => b.publishedAt - a.publishedAt || a.name.localeCompare(b.name));
