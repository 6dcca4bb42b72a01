"use client";
import { sayWhy } from "#lib/client/call-api.ts";
import { newestFirst } from "#lib/client/templates/newest-first.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { TemplateList } from "#lib/protocol/templates.ts";
import { Notice } from "../../_ui/notice.tsx";
import { CardGrid, EmptyCards } from "../_home/card-grid.tsx";
import { PublishedCard } from "./published-card.tsx";

/** Every published template: a click opens its form. */
export function TemplatesScreen() {
  const { value, error } = useLoaded<TemplateList>("/api/templates?limit=200");
  return (
    <div className="flex flex-col gap-6">
      <header className="pt-3">
        <h1 className="font-semibold text-2xl tracking-tight">Templates</h1>
        <p className="mt-1 max-w-[60ch] text-[15px] text-soft leading-snug">
          Published graphs, ready for anybody: fill in a form and get the same look, without ever seeing a node.
        </p>
      </header>
      {error !== undefined ? (
        <Notice tone="fail" title="The templates could not be loaded.">
          {sayWhy(error)}
        </Notice>
      ) : !value ? (
        <EmptyCards count={4} />
      ) : value.templates.length === 0 ? (
        <p className="rounded-xl border border-line border-dashed px-4 py-12 text-center text-soft">
          Nothing is published yet. Open a graph and press Publish: its inputs become a form.
        </p>
      ) : (
        <CardGrid label="Published templates">
          {newestFirst(value.templates).map((template) => (
            <li key={template.id}>
              <PublishedCard template={template} />
            </li>
          ))}
        </CardGrid>
      )}
    </div>
  );
}
