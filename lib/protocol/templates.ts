import * as z from "zod";
import { Graph, GraphInput } from "./graph.ts";
import { LIMITS } from "./limits.ts";
import { AssetId } from "./values.ts";

const Words = z.string().max(2000);

/** One input on a form. What is left out stays as the graph's input says it. */
export const FormField = z.strictObject({
  key: GraphInput.shape.key,
  title: z.string().max(200).optional(),
  help: Words.optional(),
  placeholder: z.string().max(500).optional(),
  /** False: the input keeps its default and is not asked for. */
  shown: z.boolean().default(true),
});
export type FormField = z.infer<typeof FormField>;

export const FormGroup = z.strictObject({
  /** Empty: no heading. */
  title: z.string().max(200).default(""),
  help: Words.optional(),
  fields: z.array(FormField).max(LIMITS.inputs),
});
export type FormGroup = z.infer<typeof FormGroup>;

/** How a template's inputs are asked for. Inputs it does not name stand at the end, as the graph describes them. */
export const FormLayout = z.strictObject({ groups: z.array(FormGroup).max(50).default([]) });
export type FormLayout = z.infer<typeof FormLayout>;

/** `POST /api/graphs/:id/publish`: makes the next revision of the template from a saved revision of the graph, and makes it the current one. */
export const PublishBody = z.strictObject({
  revision: z.int().min(1).optional().meta({ description: "The saved revision of the graph; left out: the newest." }),
  form: FormLayout.default({ groups: [] }),
  cover: AssetId.optional(),
  /** One sentence for whoever fills in the form. */
  description: Words.default(""),
  /** What changed, for whoever publishes next. */
  notes: z.string().max(10_000).default(""),
});
export type PublishBody = z.output<typeof PublishBody>;

/** What a publication begins with: as it was published last, or as the template came that the graph was imported from. */
export const TemplateDraft = PublishBody.omit({ revision: true });
export type TemplateDraft = z.output<typeof TemplateDraft>;

/** A published revision without its document. `id` is the graph's id; `revision` counts from 1 and is the template's own. */
export const TemplateSummary = z.object({
  id: z.string(),
  revision: z.int().min(1),
  name: z.string(),
  description: z.string(),
  notes: z.string(),
  cover: AssetId.optional(),
  /** Epoch ms. */
  publishedAt: z.number(),
  /** The revision that runs when none is named; no revision of an unpublished template is. */
  current: z.boolean(),
  /** The saved revision of the graph it was made from. */
  graphRevision: z.int(),
  /** How many inputs its form asks for. */
  asks: z.int(),
});
export type TemplateSummary = z.infer<typeof TemplateSummary>;

/** A published revision: immutable, with the document that runs. */
export const Template = TemplateSummary.extend({
  graph: Graph,
  inputs: z.array(GraphInput),
  form: FormLayout,
  /** Hosts a run may reach on its own account, as they stand in the document. */
  contacts: z.array(z.string()),
});
export type Template = z.infer<typeof Template>;

export const TemplateList = z.object({ templates: z.array(TemplateSummary), next: z.string().optional() });
export type TemplateList = z.infer<typeof TemplateList>;
export const TemplateRevisions = z.object({ revisions: z.array(TemplateSummary), next: z.int().optional() });
export type TemplateRevisions = z.infer<typeof TemplateRevisions>;

export const TemplatesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIMITS.listPage).default(50),
  after: z.string().min(1).max(200).optional(),
  id: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: "Only this one; an empty list where it is not published." }),
});

/** `POST /api/templates/:id/current`: which revision runs from now on. Also publishes again what was taken back. */
export const CurrentBody = z.strictObject({ revision: z.int().min(1) });

/** `POST /api/templates/:id/runs` and `…/estimate`. `revision` left out: the current one. */
export const RunTemplateBody = z.strictObject({
  inputs: z.record(z.string(), z.unknown()).default({}).meta({
    description:
      'By key. An image is { "asset": "sha256:…" }, or { "url": "https://…" }, which is fetched and stored before the run starts.',
  }),
  revision: z.int().min(1).optional(),
  budgetUsd: z.number().min(0).max(1_000_000).nullable().optional(),
});
export type RunTemplateBody = z.output<typeof RunTemplateBody>;

/** What a run was made from; kept with the run for ever. */
export const TemplateRef = z.object({ id: z.string(), revision: z.int().min(1) });
export type TemplateRef = z.infer<typeof TemplateRef>;
