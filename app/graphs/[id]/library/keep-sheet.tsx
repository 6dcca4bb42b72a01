"use client";
import { BookmarkPlus } from "lucide-react";
import { useRef, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import type { SheetParts } from "#lib/client/editor/fields/control.ts";
import { sheetServer } from "#lib/client/library/sheet-server.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { Button } from "../../../_ui/button.tsx";
import { Modal } from "../../../review/modal.tsx";
import { SMALL } from "../inspector/controls/control-props.ts";
import { useOfNode, usePlace } from "../inspector/field-place.ts";

/** Keeps what stands in a node as a sheet of the library, and has the node use that from then on. */
export function KeepSheet({
  parts,
  onKept,
}: {
  parts: SheetParts;
  onKept(ref: string, first: (graph: Graph) => Graph): void;
}) {
  const nodeId = usePlace();
  const own = useOfNode(
    (_type, { config, title }) =>
      JSON.stringify([config[parts.name] || title || "", config[parts.text] ?? "", parent(config)]),
    '["","",""]',
  );
  function parent(config: Record<string, unknown>): unknown {
    return parts.extends === undefined ? "" : (config[parts.extends] ?? "");
  }
  const [suggested = "", text = "", base = ""] = (JSON.parse(own) as unknown[]).map((one) =>
    typeof one === "string" ? one : "",
  );
  const [open, setOpen] = useState(false);
  const [name, setName] = useState<string>();
  const [fault, setFault] = useState<string>();
  const busy = useRef(false);
  if (text.trim() === "" || nodeId === undefined) return null;
  const keep = async () => {
    if (busy.current) return;
    busy.current = true;
    setFault(undefined);
    try {
      const made = await sheetServer.create({
        name: (name ?? suggested).trim(),
        text,
        samples: [],
        tags: [],
        ...(base ? { extends: base } : {}),
      });
      setOpen(false);
      // What it extended is part of the kept sheet now.
      onKept(`${made.id}@${made.version}`, (graph) =>
        parts.extends === undefined ? graph : setSetting(graph, nodeId, parts.extends, undefined),
      );
    } catch (error) {
      setFault(sayWhy(error));
    }
    busy.current = false;
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={SMALL}>
        <BookmarkPlus aria-hidden="true" className="size-3.5" />
        Save to library
      </button>
      {open && (
        <Modal title="Save to the library" onClose={() => setOpen(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void keep();
            }}
            className="flex flex-col gap-4"
          >
            <label className="flex flex-col gap-1.5">
              <span className="font-medium text-sm">Name</span>
              <input
                type="text"
                value={name ?? suggested}
                maxLength={120}
                onChange={({ target }) => setName(target.value)}
                className="min-h-10 rounded-lg border border-line bg-well px-3 text-sm"
              />
            </label>
            <p className="text-soft text-sm">The node uses version 1 of it from now on; other graphs can use it too.</p>
            {fault && (
              <p role="alert" className="text-fail text-sm">
                {fault}
              </p>
            )}
            <Button look="first" type="submit" disabled={(name ?? suggested).trim() === ""} className="self-end">
              Save
            </Button>
          </form>
        </Modal>
      )}
    </>
  );
}
