"use client";
import Link from "next/link";
import { sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { Notice } from "../../../../_ui/notice.tsx";
import { AssistantPart } from "./assistant-part.tsx";
import { HookPart } from "./hook-part.tsx";
import { SchedulePart } from "./schedule-part.tsx";

/** How other systems run a template: by a signed request, at set times, or as an assistant's tool. */
export function WaysInScreen({ id }: { id: string }) {
  const { value: template, error } = useLoaded<Template>(`/api/templates/${encodeURIComponent(id)}`);
  return (
    <div className="flex flex-col gap-10">
      <header>
        <p className="text-sm text-soft">
          <Link href={`/templates/${encodeURIComponent(id)}`} className="hover:text-ink hover:underline">
            {template?.name ?? "Template"}
          </Link>
        </p>
        <h1 className="font-semibold text-2xl tracking-tight">Ways in</h1>
        <p className="mt-1 max-w-[62ch] text-soft">
          Let another system make these pictures: when a post is published, every Monday at nine, or when an assistant
          asks. All of them run the published revision and keep to the same budgets.
        </p>
      </header>
      {error !== undefined && <Notice tone="fail" title={sayWhy(error)} />}
      {!template && error === undefined && <div className="h-96 rounded-xl bg-surface" aria-busy="true" />}
      {template && (
        <>
          <HookPart template={template} />
          <SchedulePart template={template} />
          <AssistantPart template={template} />
        </>
      )}
    </div>
  );
}
