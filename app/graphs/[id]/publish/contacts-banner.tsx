"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { callApi } from "#lib/client/call-api.ts";
import { useEditorState } from "#lib/client/editor/use-editor.ts";
import type { Contacts } from "#lib/protocol/bundle.ts";

const ContactsQuestion = dynamic(() => import("./contacts-question.tsx").then((part) => part.ContactsQuestion));

/** A graph that came from a file says whom its runs would contact, before the first one. */
export function ContactsBanner() {
  const id = useEditorState(({ document }) => document.id);
  const saved = useEditorState(({ save }) => save.revision !== undefined);
  const [contacts, setContacts] = useState<Contacts>();
  const path = `/api/graphs/${encodeURIComponent(id)}/contacts`;
  useEffect(() => {
    if (!saved) return;
    let wanted = true;
    callApi<Contacts>(path).then(
      (found) => wanted && setContacts(found),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [path, saved]);
  if (!contacts || contacts.allowed || contacts.hosts.length === 0) return null;
  return <ContactsQuestion path={path} contacts={contacts} onAllowed={setContacts} />;
}
