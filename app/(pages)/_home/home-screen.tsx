"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { loadTemplates } from "#lib/client/home/templates.ts";
import { whyNot } from "#lib/client/home/why-not.ts";
import { newestFirst } from "#lib/client/templates/newest-first.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { HealthAnswer, RunList as Runs } from "#lib/protocol/http.ts";
import type { TemplateEntry } from "#lib/protocol/template-index.ts";
import type { TemplateList } from "#lib/protocol/templates.ts";
import { Notice } from "../../_ui/notice.tsx";
import { RunList } from "../../_ui/run-list.tsx";
import { RunDemo } from "../../_ui/starters.tsx";
import { PublishedCard } from "../templates/published-card.tsx";
import { CardGrid, EmptyCards } from "./card-grid.tsx";
import { DropGraphs } from "./drop-graphs.tsx";
import { MyGraphs } from "./my-graphs.tsx";
import { StartBar } from "./start-bar.tsx";
import { TemplateGrid } from "./template-grid.tsx";
import { useMyGraphs } from "./use-my-graphs.ts";
import { WaitingForMe } from "./waiting.tsx";

/** Whoever has graphs finds them first; whoever has none finds pictures to start from. */
export function HomeScreen() {
  const mine = useMyGraphs();
  const { graphs } = mine;
  const waiting = useLoaded<Runs>("/api/runs?status=waiting&limit=6");
  const published = useLoaded<TemplateList>("/api/templates?limit=200");
  // What comes first depends on both; shown one after the other, they would push the page around.
  const known = ({ value, error }: { value?: unknown; error?: unknown }) => value !== undefined || error !== undefined;
  const ready = graphs !== undefined && known(waiting) && known(published);
  const returning = (graphs?.length ?? 0) > 0;
  return (
    <DropGraphs>
      {(open) => (
        <div className="flex flex-col gap-12">
          <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 pt-3">
            <div>
              <h1 className="font-semibold text-2xl tracking-tight">
                {returning ? "Go on where you were" : "Start with a picture"}
              </h1>
              <Provider />
            </div>
            <StartBar onFiles={open} />
          </header>
          {ready ? (
            <>
              <WaitingForMe runs={waiting.value?.runs ?? []} />
              {returning && <MyGraphs mine={mine} most={4} />}
              <Forms templates={published.value?.templates ?? []} />
              <Templates />
              <RecentRuns />
            </>
          ) : (
            <EmptyCards count={8} />
          )}
        </div>
      )}
    </DropGraphs>
  );
}

/** What draws the pictures now, and where that is changed. */
function Provider() {
  const { value } = useLoaded<HealthAnswer>("/api/health");
  return (
    <p className="mt-1 min-h-11 max-w-[60ch] text-[15px] text-soft leading-snug">
      The same look, again and again, never paid for twice.
      {value?.simulated && (
        <>
          {" "}
          No key is set, so the simulator draws; it says so on every picture and costs nothing.{" "}
          <Link href="/settings" className="underline underline-offset-4 hover:text-ink">
            Add a key
          </Link>
        </>
      )}
    </p>
  );
}

/** What was published here, ready to be filled in. */
function Forms({ templates }: { templates: TemplateList["templates"] }) {
  if (templates.length === 0) return null;
  return (
    <section aria-labelledby="forms">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id="forms" className="font-semibold text-lg">
          Forms
        </h2>
        <Link href="/templates" className="text-soft text-sm underline underline-offset-4 hover:text-ink">
          All forms
        </Link>
      </div>
      <CardGrid label="Forms">
        {newestFirst(templates)
          .slice(0, 4)
          .map((template) => (
            <li key={template.id}>
              <PublishedCard template={template} />
            </li>
          ))}
      </CardGrid>
    </section>
  );
}

function Templates() {
  const [state, setState] = useState<{ templates?: TemplateEntry[]; error?: unknown }>({});
  useEffect(() => {
    loadTemplates().then(
      (templates) => setState({ templates }),
      (error: unknown) => setState({ error }),
    );
  }, []);
  return (
    <section aria-labelledby="templates">
      <h2 id="templates" className="mb-4 font-semibold text-lg">
        Templates
      </h2>
      {state.error !== undefined ? (
        <Notice tone="fail" title="The templates could not be loaded.">
          {whyNot(state.error)}
        </Notice>
      ) : state.templates ? (
        <TemplateGrid templates={state.templates} />
      ) : (
        <EmptyCards count={8} />
      )}
    </section>
  );
}

function RecentRuns() {
  return (
    <section aria-labelledby="recent">
      <div className="mb-4 flex min-h-10 flex-wrap items-center justify-between gap-3">
        <h2 id="recent" className="font-semibold text-lg">
          Recent runs
        </h2>
        <RunDemo />
      </div>
      <RunList
        query="limit=3&batch=none"
        empty={
          <p className="rounded-xl border border-line border-dashed px-4 py-10 text-center text-soft">
            Nothing has run yet. The demo is one conversation with two forks, one locked change and six sizes.
          </p>
        }
        after={(next) =>
          next !== undefined && (
            <Link
              href="/runs"
              className="mt-5 inline-block text-soft text-sm underline underline-offset-4 hover:text-ink"
            >
              All runs
            </Link>
          )
        }
      />
    </section>
  );
}
