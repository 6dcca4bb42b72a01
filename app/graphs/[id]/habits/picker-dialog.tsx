"use client";
import { useMemo, useState } from "react";
import {
  acceptType,
  findTypes,
  firstSentence,
  GROUP_TITLES,
  typesThatFit,
} from "#lib/client/editor/habits/picker-choices.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { type AnyNode, GROUPS } from "#lib/sdk/define-node.ts";
import { IconTile } from "../canvas/node-icon.tsx";
import type { DialogProps } from "../dialogs.tsx";
import { Popup } from "./popup.tsx";
import { SearchList } from "./search-list.tsx";

/** No node type: an option that leads on. */
const FROM_ARCHIVE = " from-archive";

/** The search box that adds a node where it was asked for, wired to the port or into the wire it was opened from. */
export default function PickerDialog({ dialog, close }: DialogProps<"picker">) {
  const editor = useEditor();
  const [query, setQuery] = useState("");
  const types = useMemo(() => typesThatFit(editor, dialog), [editor, dialog]);
  const found = useMemo(() => findTypes(query, types), [query, types]);
  const option = (type: AnyNode) => ({
    id: type.type,
    title: type.title,
    detail: firstSentence(type),
    mark: <IconTile name={type.icon} group={type.group} />,
  });
  const sections =
    query.trim() === ""
      ? GROUPS.map((group) => ({
          title: GROUP_TITLES[group],
          options: found.filter((type) => type.group === group).map(option),
        }))
      : [{ title: "Best fits", options: found.map(option) }];
  // It brings a picture of its own, so it belongs where nothing is wired yet.
  const fits = dialog.from === undefined && dialog.edgeId === undefined;
  const asked = "from the archive finished pictures reference".includes(query.trim().toLowerCase());
  if (fits && asked)
    sections.push({
      title: "Pictures",
      options: [
        {
          id: FROM_ARCHIVE,
          title: "From the archive …",
          detail: "A finished picture as a reference",
          mark: <IconTile name="images" group="sources" />,
        },
      ],
    });
  const label = dialog.from
    ? `Add a node that fits ${dialog.from.side === "out" ? "after" : "before"} this port`
    : dialog.edgeId !== undefined
      ? "Insert a node on the wire"
      : "Add a node";
  return (
    <Popup label={label} at={dialog.screen} size={{ width: 340, height: 440 }} close={close}>
      <SearchList
        label={label}
        placeholder={`${label} …`}
        query={query}
        onQuery={setQuery}
        sections={sections}
        empty="No node fits these words."
        onPick={(id) => {
          if (id === FROM_ARCHIVE) {
            openDialog(editor, { kind: "from-archive", screen: dialog.screen, canvas: dialog.canvas });
            return;
          }
          const type = editor.around.registry.get(id);
          if (type) acceptType(editor, type, dialog);
        }}
        onTab={(back) => {
          close();
          moveOn(back);
        }}
      />
    </Popup>
  );
}

/** A second Tab leaves the canvas: nobody is caught between the canvas and its search box. */
function moveOn(back: boolean): void {
  requestAnimationFrame(() => {
    const stops = [
      ...document.querySelectorAll<HTMLElement>(
        "main header :is(a[href], button:not(:disabled), input), main nav button",
      ),
    ];
    (back ? stops.at(-1) : stops[0])?.focus();
  });
}
