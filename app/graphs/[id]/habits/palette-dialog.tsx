"use client";
import { useMemo, useState } from "react";
import type * as z from "zod";
import { COMMANDS } from "#lib/client/editor/commands.ts";
import { keyStore } from "#lib/client/editor/habits/key-store.ts";
import { type PaletteEntry, paletteSections } from "#lib/client/editor/habits/palette.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { GraphSummary } from "#lib/protocol/http.ts";
import type { DialogProps } from "../dialogs.tsx";
import { Popup } from "./popup.tsx";
import { SearchList } from "./search-list.tsx";

/** Everything that can be done, by name: commands, node types to add, nodes to go to, graphs to open. */
export default function PaletteDialog({ close }: DialogProps<"palette">) {
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const [query, setQuery] = useState("");
  const { value } = useLoaded<{ graphs: z.infer<typeof GraphSummary>[] }>("/api/graphs?limit=200");
  const sections = useMemo(
    () => paletteSections(editor, COMMANDS, keyStore().getState(), document, value?.graphs ?? [], query),
    [editor, document, value, query],
  );
  const entries = new Map(sections.flatMap(({ entries }) => entries.map((entry) => [entry.id, entry])));
  const run = (entry: PaletteEntry | undefined) => {
    openDialog(editor, undefined);
    // Focus goes back to where it was first: the command may look at it, or move it.
    requestAnimationFrame(() => void entry?.run());
  };
  return (
    <Popup label="All commands" at="top" size={{ width: 560, height: 520 }} close={close}>
      <SearchList
        label="Commands, nodes and graphs"
        placeholder="What would you like to do?"
        query={query}
        onQuery={setQuery}
        sections={sections.map(({ title, entries }) => ({ title, options: entries }))}
        empty="Nothing is called that."
        onPick={(id) => run(entries.get(id))}
      />
    </Popup>
  );
}
