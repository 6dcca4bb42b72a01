"use client";
import { Settings2 } from "lucide-react";
import { useState } from "react";
import { type ArchiveView, EVERYTHING } from "#lib/client/archive/query.ts";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { count } from "#lib/client/words.ts";
import type { CollectionInfo } from "#lib/protocol/catalogue.ts";
import { Button } from "../../../_ui/button.tsx";
import { Modal } from "../../../review/modal.tsx";

/** Opens the list in which collections are made, renamed and taken away. */
export function Collections({ onView }: { onView(view: ArchiveView): void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-label="Manage collections"
        title="Manage collections"
        onClick={() => setOpen(true)}
        className="grid size-8 place-items-center rounded-md text-soft hover:bg-ink/8 hover:text-ink"
      >
        <Settings2 aria-hidden="true" className="size-4" />
      </button>
      {open && (
        <CollectionsDialog
          onClose={() => setOpen(false)}
          onOpen={(name) => onView({ ...EVERYTHING, chosen: { collection: [name] } })}
        />
      )}
    </>
  );
}

function CollectionsDialog({ onClose, onOpen }: { onClose(): void; onOpen(name: string): void }) {
  const { value, reload } = useLoaded<{ collections: CollectionInfo[] }>("/api/archive/collections");
  const [name, setName] = useState("");
  const [error, setError] = useState<unknown>();
  const send = (path: string, body: unknown) =>
    callApi(`/api/archive/collections${path}`, { body }).then(
      () => {
        setError(undefined);
        reload();
      },
      (why: unknown) => setError(why),
    );
  return (
    <Modal title="Collections" onClose={onClose}>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void send("", { name: name.trim() }).then(() => setName(""));
        }}
      >
        <label className="min-w-0 flex-1">
          <span className="sr-only">A new collection</span>
          <input
            value={name}
            onChange={({ target }) => setName(target.value)}
            maxLength={200}
            placeholder="A new collection"
            className="h-10 w-full rounded-lg border border-line bg-well px-3 text-sm"
          />
        </label>
        <Button type="submit" look="first" disabled={name.trim() === ""}>
          Make
        </Button>
      </form>
      {error !== undefined && (
        <p role="alert" className="text-fail text-sm">
          {sayWhy(error)}
        </p>
      )}
      {value?.collections.length === 0 && <p className="text-soft text-sm">There are none yet.</p>}
      <ul aria-label="All collections" className="grid max-h-80 gap-1 overflow-y-auto">
        {value?.collections.map((one) => (
          <Row
            key={one.name}
            collection={one}
            onOpen={() => {
              onOpen(one.name);
              onClose();
            }}
            onRename={(to) => send("/rename", { from: one.name, to })}
            onRemove={() => send("/remove", { name: one.name })}
          />
        ))}
      </ul>
    </Modal>
  );
}

function Row({
  collection,
  onOpen,
  onRename,
  onRemove,
}: {
  collection: CollectionInfo;
  onOpen(): void;
  onRename(to: string): void;
  onRemove(): void;
}) {
  const [name, setName] = useState<string>();
  const pictures = count(collection.count, "picture");
  if (name !== undefined)
    return (
      <li>
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "" && name.trim() !== collection.name) onRename(name.trim());
            setName(undefined);
          }}
        >
          <input
            // biome-ignore lint/a11y/noAutofocus: the field stands where the button that opened it was.
            autoFocus
            aria-label={`A new name for ${collection.name}`}
            value={name}
            maxLength={200}
            onChange={({ target }) => setName(target.value)}
            className="h-10 min-w-0 flex-1 rounded-lg border border-line bg-well px-3 text-sm"
          />
          <Button type="submit">Rename</Button>
        </form>
      </li>
    );
  return (
    <li className="flex min-h-11 items-center gap-1">
      <button
        type="button"
        onClick={onOpen}
        className="min-h-10 min-w-0 flex-1 truncate rounded-lg px-2 text-left text-sm hover:bg-ink/8"
      >
        {collection.name} <span className="text-soft text-xs">{pictures}</span>
      </button>
      <Small words="Rename" about={collection.name} onClick={() => setName(collection.name)} />
      <Small words="Take away" about={collection.name} onClick={onRemove} />
    </li>
  );
}

const Small = ({ words, about, onClick }: { words: string; about: string; onClick(): void }) => (
  <button
    type="button"
    aria-label={`${words} ${about}`}
    onClick={onClick}
    className="min-h-10 rounded-lg px-2 text-soft text-xs underline hover:text-ink"
  >
    {words}
  </button>
);
