"use client";
import { Globe } from "lucide-react";
import { useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import { say } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { Contacts } from "#lib/protocol/bundle.ts";
import { Button } from "../../../_ui/button.tsx";

/** Whom the runs of a graph from a file would contact, and the button that lets them. */
export function ContactsQuestion(props: { path: string; contacts: Contacts; onAllowed(now: Contacts): void }) {
  const { path, contacts, onAllowed } = props;
  const editor = useEditor();
  const [fault, setFault] = useState<string>();
  const allow = async () => {
    try {
      onAllowed(await callApi<Contacts>(`${path}/allow`, { method: "POST" }));
      say(editor, "Its runs may contact these hosts now.");
    } catch (error) {
      setFault(sayWhy(error));
    }
  };
  return (
    <section
      aria-label="This graph came from a file"
      className="absolute inset-x-3 top-18 z-20 mx-auto flex max-w-2xl flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line border-l-4 border-l-hold bg-surface px-4 py-3 text-sm shadow-sm"
    >
      <Globe aria-hidden="true" className="size-5 shrink-0 text-hold" />
      <div className="min-w-0 grow basis-64">
        <p className="font-medium">This graph came from a file. Its runs will contact:</p>
        <p className="break-words font-mono text-xs">{contacts.hosts.join(", ")}</p>
        <p className="text-soft text-xs">Nothing has been sent so far, and no run starts before you allow it.</p>
        {fault && (
          <p role="alert" className="text-fail text-xs">
            {fault}
          </p>
        )}
      </div>
      <Button onClick={allow}>Allow</Button>
    </section>
  );
}
