"use client";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { startFromTemplate } from "#lib/client/home/templates.ts";
import { whyNot } from "#lib/client/home/why-not.ts";
import type { TemplateEntry } from "#lib/protocol/template-index.ts";
import { Notice } from "../../_ui/notice.tsx";
import { CardGrid } from "./card-grid.tsx";
import { type Doing, TemplateCard } from "./template-card.tsx";

/** All templates; one click makes one graph, however often the button is pressed until it opens. */
export function TemplateGrid({ templates }: { templates: readonly TemplateEntry[] }) {
  const router = useRouter();
  const busy = useRef(false);
  const [state, setState] = useState<{ id?: string; doing?: Doing; error?: string }>({});
  const open = async (template: TemplateEntry, run: boolean) => {
    if (busy.current) return;
    busy.current = true;
    setState({ id: template.id, doing: run ? "run" : "open" });
    try {
      const id = await startFromTemplate(template, { run });
      router.push(`/graphs/${encodeURIComponent(id)}`);
    } catch (error) {
      busy.current = false;
      setState({ error: `${template.title} could not be opened. ${whyNot(error)}` });
    }
  };
  return (
    <>
      {state.error !== undefined && (
        <div role="alert" className="mb-5">
          <Notice tone="fail" title={state.error} />
        </div>
      )}
      <CardGrid label="Templates">
        {templates.map((template) => (
          <li key={template.id}>
            <TemplateCard
              template={template}
              doing={state.id === template.id ? state.doing : undefined}
              idle={state.doing === undefined}
              onOpen={(run) => open(template, run)}
            />
          </li>
        ))}
      </CardGrid>
    </>
  );
}
