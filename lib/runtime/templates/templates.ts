import { canonical } from "../../engine/canonical.ts";
import type { Catalogue } from "../../engine/types.ts";
import { hasErrors, InvalidError, type Problem, problem } from "../../protocol/problems.ts";
import { type PublishBody, type Template, TemplateDraft, type TemplateSummary } from "../../protocol/templates.ts";
import { sha256 } from "../digest.ts";
import { keepForEver, linkedGraphs } from "../linked-graphs.ts";
import type { TemplateRow } from "../ports/templates.ts";
import type { AssetStore, Journal } from "../ports.ts";
import type { Studio } from "../studio-api.ts";
import { asksOf, checkForm } from "./check-form.ts";
import { contactsOf } from "./contacts.ts";
import type { Templates } from "./templates-api.ts";

/** What templates need of the product around them. */
export type TemplatePorts = {
  journal: Pick<Journal, "templates" | "loadGraph" | "getGraph" | "putGraph" | "getNote" | "putNote">;
  catalogue: Catalogue;
  assets: Pick<AssetStore, "has">;
  studio: Pick<Studio, "check" | "startRun" | "estimate">;
};

/** Published graphs over the journal; they run through the same door as everything else. */
export function createTemplates({ journal, catalogue, assets, studio }: TemplatePorts): Templates {
  const store = journal.templates;

  const withGraph = async (row: TemplateRow | undefined): Promise<Template | undefined> => {
    const graph = row && (await journal.getGraph(row.graphHash));
    if (!graph) return undefined;
    return { ...summaryOf(row), graph, inputs: graph.inputs, form: row.form, contacts: contactsOf(graph) };
  };

  const published = async (id: string, revision?: number): Promise<Template> => {
    const current = await store.find(id);
    const named = current && (await withGraph(revision === undefined ? current : await store.find(id, revision)));
    if (named) return named;
    const field = current ? "revision" : "templateId";
    const message = current
      ? `The template "${id}" has no revision ${revision}.`
      : `There is no published template "${id}".`;
    throw new InvalidError([problem("UNKNOWN_TEMPLATE", message, { field })]);
  };

  const requestOf: Templates["requestOf"] = async (id, { revision, ...request }) => {
    const template = await published(id, revision);
    return { ...request, graph: template.graph, template: { id, revision: template.revision } };
  };

  return {
    async publish(graphId, request) {
      const saved = await journal.loadGraph(graphId, request.revision);
      if (!saved) return undefined;
      const { graph = saved.graph, problems } = await studio.check(saved.graph);
      const found = [...problems, ...checkForm(graph, request), ...(await checkCover(assets, request))];
      if (hasErrors(found)) throw new InvalidError(found.filter(({ level }) => level === "error"));
      const graphHash = sha256(canonical(graph));
      const { form, cover, description, notes } = request;
      const next = {
        id: graphId,
        graphHash,
        name: graph.name,
        description,
        notes,
        form,
        cover,
        asks: asksOf(graph, request),
      };
      const current = await store.find(graphId);
      if (current && same(current, next)) return withGraph(current);
      await journal.putGraph(graph, graphHash);
      await keepForEver(journal, await linkedGraphs(journal, catalogue, graph));
      return withGraph(await store.publish({ ...next, graphRevision: saved.revision }));
    },
    async draft(graphId) {
      if (!(await journal.loadGraph(graphId))) return undefined;
      const [last] = await store.revisions(graphId, { limit: 1 });
      if (last) return TemplateDraft.parse({ ...pick(last), notes: "" });
      const imported = TemplateDraft.safeParse(pick((await journal.getNote("template-draft", graphId)) ?? {}));
      return imported.success ? imported.data : TemplateDraft.parse({});
    },
    async list({ only, ...page }) {
      if (only === undefined) return (await store.list(page)).map(summaryOf);
      const row = await store.find(only);
      return row ? [summaryOf(row)] : [];
    },
    get: async (id, revision) => withGraph(await store.find(id, revision)),
    revisions: async (id, page) => (await store.revisions(id, page)).map(summaryOf),
    makeCurrent: async (id, revision) => withGraph(await store.makeCurrent(id, revision)),
    unpublish: (id) => store.unpublish(id),
    requestOf,
    startRun: async (id, request) => studio.startRun(await requestOf(id, request)),
    estimate: async (id, request) => studio.estimate(await requestOf(id, request)),
  };
}

const pick = ({ form, cover, description, notes }: Partial<Record<keyof TemplateDraft, unknown>>) => ({
  form,
  cover,
  description,
  notes,
});

/** A second click on Publish makes no second revision. */
const same = (row: TemplateRow, next: Partial<TemplateRow>): boolean =>
  canonical({ ...row, ...next }) === canonical(row);

async function checkCover(assets: Pick<AssetStore, "has">, { cover }: PublishBody): Promise<Problem[]> {
  if (cover === undefined || (await assets.has(cover))) return [];
  return [problem("ASSET_MISSING", "The cover picture is not in the store. Upload it again.", { field: "cover" })];
}

const summaryOf = ({ form, graphHash, ...row }: TemplateRow): TemplateSummary => row;
