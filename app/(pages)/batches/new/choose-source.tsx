"use client";
import Link from "next/link";
import { type ReactNode, useEffect, useState } from "react";
import { assetUrl, callApi, sayWhy } from "#lib/client/call-api.ts";
import { loadMyGraphs, type SavedGraph, searchGraphs } from "#lib/client/home/my-graphs.ts";
import { ago, count } from "#lib/client/words.ts";
import type { TemplateList, TemplateSummary } from "#lib/protocol/templates.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { GraphFace } from "../../_home/graph-face.tsx";

/** What the table runs: a template, or a graph of one's own. */
export function ChooseSource() {
  const [typed, setTyped] = useState("");
  const [graphs, setGraphs] = useState<readonly SavedGraph[]>();
  const [templates, setTemplates] = useState<readonly TemplateSummary[]>([]);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    loadMyGraphs().then(setGraphs, setError);
    // A studio without templates still has graphs.
    callApi<TemplateList>("/api/templates?limit=200").then(
      (list) => setTemplates(list.templates),
      () => {},
    );
  }, []);
  const now = Date.now();
  if (error !== undefined)
    return (
      <Notice tone="fail" title="The graphs could not be loaded.">
        {sayWhy(error)}
      </Notice>
    );
  if (!graphs) return <p className="py-8 text-soft text-sm">Loading …</p>;
  if (graphs.length === 0 && templates.length === 0)
    return (
      <Notice title="There is nothing to run yet.">
        Open a template on the{" "}
        <Link href="/" className="underline underline-offset-4 hover:text-ink">
          home page
        </Link>{" "}
        and save it as a graph of your own; then it can run from a table.
      </Notice>
    );
  return (
    <div className="flex flex-col gap-6">
      <label className="flex max-w-md flex-col gap-1 text-sm">
        What shall every row run?
        <input
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder="Search by name"
          className="min-h-10 rounded-lg border border-line bg-well px-3"
        />
      </label>
      <Choices
        title="Templates"
        entries={searchGraphs(templates, typed).map((one) => ({
          key: one.id,
          href: `/batches/new?template=${encodeURIComponent(one.id)}`,
          name: one.name,
          about: `${count(one.asks, "input")} · revision ${one.revision}`,
          face: one.cover && <img src={assetUrl(one.cover, 192)} alt="" className="size-full object-cover" />,
        }))}
      />
      <Choices
        title="My graphs"
        entries={searchGraphs(graphs, typed).map((one) => ({
          key: one.id,
          href: `/batches/new?graph=${encodeURIComponent(one.id)}`,
          name: one.name,
          about: `changed ${ago(one.updatedAt, now)}`,
          face: <GraphFace id={one.id} etag={one.etag} />,
        }))}
      />
    </div>
  );
}

type Entry = { key: string; href: string; name: string; about: string; face?: ReactNode };

function Choices({ title, entries }: { title: string; entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mb-2 font-semibold text-lg">{title}</h2>
      <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {entries.map(({ key, href, name, about, face }) => (
          <li key={key}>
            <Link
              href={href}
              className="group flex items-center gap-3 rounded-xl border border-line bg-surface p-2 transition hover:border-soft"
            >
              <span className="h-12 w-16 shrink-0 overflow-hidden rounded-md bg-well">{face}</span>
              <span className="min-w-0">
                <span className="block truncate font-medium text-sm">{name}</span>
                <span className="block truncate text-soft text-xs">{about}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
