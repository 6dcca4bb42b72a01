"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { ApiError, assetUrl, callApi, sayWhy } from "#lib/client/call-api.ts";
import { askedGroups } from "#lib/client/templates/form-fields.ts";
import { loadTemplate } from "#lib/client/templates/template-server.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { FormHead } from "./form-head.tsx";
import { FormPage } from "./form-page.tsx";

type Opened = { template?: Template; run?: RunDocument; error?: unknown };

/** The form of a template for whoever never sees a graph. `?run=` shows that run and fills in what it was given. */
export function FormScreen({ id }: { id: string }) {
  const [{ template, run, error }, setOpened] = useState<Opened>({});
  useEffect(() => {
    let wanted = true;
    const runId = new URLSearchParams(location.search).get("run");
    const shown = runId
      ? callApi<RunDocument>(`/api/runs/${encodeURIComponent(runId)}`).catch(() => undefined)
      : undefined;
    Promise.all([loadTemplate(id), shown]).then(
      ([found, earlier]) =>
        wanted && setOpened({ template: found, run: earlier?.template?.id === id ? earlier : undefined }),
      (reason: unknown) => wanted && setOpened({ error: reason }),
    );
    return () => {
      wanted = false;
    };
  }, [id]);
  if (error !== undefined)
    return error instanceof ApiError && error.status === 404 ? (
      <Notice tone="fail" title="There is no such template, or it was taken back.">
        <Link href="/templates" className="text-brand underline underline-offset-4">
          All templates
        </Link>
      </Notice>
    ) : (
      <Notice tone="fail" title="The template could not be loaded.">
        {sayWhy(error)}
      </Notice>
    );
  if (!template)
    return (
      <div
        aria-busy="true"
        role="status"
        aria-label="Opening the form"
        className="h-96 animate-appear rounded-xl bg-well"
      />
    );
  return (
    <div className="flex flex-col gap-6">
      <FormHead template={template} />
      {template.cover && !run && (
        <img
          src={assetUrl(template.cover, 960)}
          alt=""
          className="-mt-2 aspect-video w-full rounded-xl object-cover lg:hidden"
        />
      )}
      <FormPage template={template} groups={askedGroups(template.inputs, template.form)} earlier={run} />
    </div>
  );
}
