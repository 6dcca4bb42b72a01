"use client";
import { useEffect, useState } from "react";
import { ApiError, callApi, sayWhy } from "#lib/client/call-api.ts";
import { publishedLayout, wholeLayout } from "#lib/client/editor/publish/layout.ts";
import { publishGraph } from "#lib/client/editor/publish/publish-graph.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { Problem } from "#lib/protocol/problems.ts";
import { type Template, TemplateDraft } from "#lib/protocol/templates.ts";
import type { DialogProps } from "../dialogs.tsx";
import { Sheet } from "../drafts/sheet.tsx";
import { PublishForm } from "./publish-form.tsx";
import { Published } from "./published-view.tsx";

/** Makes a template of what is on the canvas: words, cover and form, with the form beside them as others will see it. */
export default function PublishDialog({ close }: DialogProps<"publish">) {
  const editor = useEditor();
  const id = useEditorState(({ document }) => document.id);
  const known = useEditorState(({ save }) => save.revision !== undefined);
  const [draft, setDraft] = useState<TemplateDraft>();
  const [state, setState] = useState<{
    busy?: boolean;
    problems?: readonly Problem[];
    error?: string;
    made?: Template;
  }>({});
  useEffect(() => {
    let wanted = true;
    const begin = (found: TemplateDraft) => {
      const { inputs } = editor.getState().document;
      if (wanted) setDraft({ ...found, form: { groups: wholeLayout(inputs, found.form) } });
    };
    const empty = () => begin(TemplateDraft.parse({}));
    if (known) callApi<TemplateDraft>(`/api/graphs/${encodeURIComponent(id)}/template-draft`).then(begin, empty);
    else empty();
    return () => {
      wanted = false;
    };
  }, [editor, id]);
  const publish = async (wish: TemplateDraft) => {
    setState({ busy: true });
    try {
      setState({ made: await publishGraph(editor, { ...wish, form: publishedLayout(wish.form.groups) }) });
    } catch (error) {
      const problems =
        error instanceof ApiError ? error.problem?.problems?.filter(({ level }) => level === "error") : undefined;
      const known = error instanceof ApiError || error instanceof TypeError;
      setState(
        problems && problems.length > 0
          ? { problems }
          : { error: !known && error instanceof Error ? error.message : sayWhy(error) },
      );
    }
  };
  return (
    <Sheet title="Publish as a template" close={close}>
      {state.made ? (
        <Published template={state.made} close={close} />
      ) : draft ? (
        <PublishForm
          draft={draft}
          busy={state.busy === true}
          problems={state.problems ?? []}
          error={state.error}
          onChange={setDraft}
          onPublish={() => publish(draft)}
        />
      ) : (
        <div aria-busy="true" className="h-96 rounded-xl bg-well" />
      )}
    </Sheet>
  );
}
