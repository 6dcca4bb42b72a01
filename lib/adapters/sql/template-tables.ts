/** `revision` only ever grows; `current` is null while nothing is published. */
export type TemplateTable = { id: string; revision: number; current: number | null };
export type TemplateRevisionTable = {
  id: string;
  revision: number;
  graph_hash: string;
  graph_revision: number;
  name: string;
  description: string;
  notes: string;
  form: string;
  cover: string | null;
  asks: number;
  published_at: number;
};
