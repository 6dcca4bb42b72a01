import type { FormLayout } from "../../protocol/templates.ts";
import type { AssetId } from "../../protocol/values.ts";

/** One published revision. Its document is the snapshot `graphHash` (Journal.getGraph), which nothing ever changes. */
export type TemplateRow = {
  id: string;
  revision: number;
  graphHash: string;
  graphRevision: number;
  name: string;
  description: string;
  notes: string;
  form: FormLayout;
  cover?: AssetId;
  asks: number;
  publishedAt: number;
  current: boolean;
};

/** Published revisions of graphs. Every method is one transaction. */
export type TemplateStore = {
  /** Makes the next revision, current at once. The numbers of a template only ever grow, also after it was taken back. */
  publish(row: Omit<TemplateRow, "revision" | "publishedAt" | "current">): Promise<TemplateRow>;
  /** The named revision, or the current one. */
  find(id: string, revision?: number): Promise<TemplateRow | undefined>;
  /** Current revisions by id, those after one when it is given. */
  list(page: { limit: number; after?: string }): Promise<TemplateRow[]>;
  /** Newest first. */
  revisions(id: string, page: { limit: number; before?: number }): Promise<TemplateRow[]>;
  makeCurrent(id: string, revision: number): Promise<TemplateRow | undefined>;
  /** True when it was published until now. */
  unpublish(id: string): Promise<boolean>;
};
