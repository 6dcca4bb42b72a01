"use client";
import { Send } from "lucide-react";
import { useMemo } from "react";
import { draftDiffers } from "#lib/client/editor/publish/published.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { askedGroups } from "#lib/client/templates/form-fields.ts";
import { valuesFrom } from "#lib/client/templates/form-values.ts";
import type { Problem } from "#lib/protocol/problems.ts";
import type { TemplateDraft } from "#lib/protocol/templates.ts";
import { Button } from "../../../_ui/button.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { FormView } from "../../../(pages)/templates/_form/form-view.tsx";
import { ChangesView } from "../drafts/changes-view.tsx";
import { CoverPicker } from "./cover-picker.tsx";
import { LayoutEditor } from "./layout-editor.tsx";
import { usePublished } from "./use-published.ts";

const BOX = "w-full rounded-lg border border-line bg-well px-3 py-2 text-sm";

/** Words, cover and layout on the left; the form as others will see it on the right. */
export function PublishForm({
  draft,
  busy,
  problems,
  error,
  onChange,
  onPublish,
}: {
  draft: TemplateDraft;
  busy: boolean;
  problems: readonly Problem[];
  error?: string;
  onChange(draft: TemplateDraft): void;
  onPublish(): void;
}) {
  const document = useEditorState((state) => state.document);
  const set = (part: Partial<TemplateDraft>) => onChange({ ...draft, ...part });
  const faults = new Map(
    problems.flatMap(({ field, message }) => (field?.startsWith("form.") ? [[field.slice(5), message] as const] : [])),
  );
  const asked = useMemo(() => askedGroups(document.inputs, draft.form), [document.inputs, draft.form]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onPublish();
      }}
      className="grid gap-6 lg:grid-cols-2"
    >
      <div className="flex min-w-0 flex-col gap-5">
        <label className="flex flex-col gap-1.5 font-medium text-sm">
          In a sentence
          <input
            value={draft.description}
            maxLength={2000}
            placeholder="What whoever fills in the form will get"
            onChange={({ target }) => set({ description: target.value })}
            className={`${BOX} font-normal`}
          />
        </label>
        <CoverPicker cover={draft.cover} onPick={(cover) => set({ cover })} />
        <section aria-labelledby="publish-form">
          <h3 id="publish-form" className="mb-1.5 font-medium text-sm">
            Form
          </h3>
          <LayoutEditor
            inputs={document.inputs}
            groups={draft.form.groups}
            faults={faults}
            onChange={(groups) => set({ form: { groups: [...groups] } })}
          />
        </section>
        <label className="flex flex-col gap-1.5 font-medium text-sm">
          What changed
          <textarea
            rows={2}
            value={draft.notes}
            maxLength={10_000}
            placeholder="For whoever publishes next"
            onChange={({ target }) => set({ notes: target.value })}
            className={`${BOX} field-sizing-content max-h-40 font-normal`}
          />
        </label>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <section
          aria-label="The form as others see it"
          className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-4"
        >
          <div>
            <p className="text-soft text-xs">As others see it</p>
            <p className="font-semibold text-lg">{document.name}</p>
            {draft.description && <p className="text-sm text-soft">{draft.description}</p>}
          </div>
          <div inert className="flex flex-col gap-5">
            <FormView groups={asked} values={valuesFrom(asked)} faults={NONE} idPrefix="preview" onChange={() => {}} />
          </div>
        </section>
        <Difference />
        <Refusal problems={problems} error={error} />
        <Button type="submit" look="first" disabled={busy} className="min-h-11 self-end px-6">
          <Send aria-hidden="true" className="size-4" />
          {busy ? "Publishing …" : "Publish"}
        </Button>
      </div>
    </form>
  );
}

const NONE: ReadonlyMap<string, string> = new Map();

/** What this publication changes for those who run the template. */
function Difference() {
  const published = usePublished();
  const state = useEditor().getState();
  const template = published?.template;
  if (!template) return null;
  return (
    <details className="rounded-xl border border-line px-4 py-3 text-sm">
      <summary className="font-medium">
        {draftDiffers(state, template)
          ? `What is different from revision ${template.revision}`
          : `The graph is the same as revision ${template.revision}`}
      </summary>
      <div className="pt-3">
        <ChangesView before={template.graph} after={state.document} label={`Since revision ${template.revision}`} />
      </div>
    </details>
  );
}

function Refusal({ problems, error }: { problems: readonly Problem[]; error?: string }) {
  const { document } = useEditor().getState();
  const titleOf = (id: string) => document.nodes.find((node) => node.id === id)?.title ?? id;
  if (error !== undefined)
    return (
      <div role="alert">
        <Notice tone="fail" title={error} />
      </div>
    );
  if (problems.length === 0) return null;
  return (
    <div role="alert">
      <Notice tone="fail" title="It cannot be published as it is.">
        <ul className="list-disc pl-4">
          {problems.map(({ node, message }, index) => (
            <li key={index}>
              {node !== undefined && <strong className="text-ink">{titleOf(node)}: </strong>}
              {message}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
