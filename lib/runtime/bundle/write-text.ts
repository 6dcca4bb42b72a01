import { canonical } from "../../engine/canonical.ts";
import type { TemplateFile } from "../../protocol/bundle.ts";
import { findSecrets } from "../../protocol/find-secrets.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import type { Template } from "../../protocol/templates.ts";

/** A document as a file: keys in one order, indented, so that it can live in git. Equal documents give equal bytes. */
export const canonicalText = (document: unknown): string =>
  `${JSON.stringify(JSON.parse(canonical(document)), null, 2)}\n`;

export const templateFile = ({ graph, form, cover, description, notes }: Omit<Template, "contacts">): TemplateFile => ({
  format: "throughline/template",
  version: 1,
  graph,
  form,
  ...(cover === undefined ? {} : { cover }),
  description,
  notes,
});

/** Throws InvalidError SECRET_IN_EXPORT for every text that may be a secret. A template is looked at with its graph's own places. */
export function refuseSecrets(document: object): void {
  const { graph, ...rest } = document as { graph?: unknown };
  const places = [...findSecrets(rest), ...(graph === undefined ? [] : findSecrets(graph))];
  if (places.length === 0) return;
  throw new InvalidError(
    places.map(({ node, field }) => {
      const where = node === undefined ? `The text at ${field}` : `Node ${node}, ${field},`;
      const message = `${where} looks like a key, a token or a password. Nothing was exported: keep it as a credential and name it here.`;
      return problem("SECRET_IN_EXPORT", message, { ...(node === undefined ? {} : { node }), field });
    }),
  );
}
