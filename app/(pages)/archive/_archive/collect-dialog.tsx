"use client";
import { FolderPlus } from "lucide-react";
import { useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { CollectionInfo } from "#lib/protocol/catalogue.ts";
import { Button } from "../../../_ui/button.tsx";
import { Modal } from "../../../review/modal.tsx";

/** Which collection pictures go into: one that is there, a new one, or none. */
export function CollectDialog({
  many,
  onCollect,
  onClose,
}: {
  many: string;
  onCollect(collection: string | null): Promise<void>;
  onClose(): void;
}) {
  const { value } = useLoaded<{ collections: CollectionInfo[] }>("/api/archive/collections");
  const [name, setName] = useState("");
  const put = (collection: string | null) => onCollect(collection).then(onClose);
  return (
    <Modal title={`Put ${many} into a collection`} onClose={onClose}>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void put(name.trim());
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
          <FolderPlus aria-hidden="true" className="size-4" />
          Make
        </Button>
      </form>
      <ul aria-label="Collections" className="-mx-2 grid max-h-72 overflow-y-auto">
        {value?.collections.map((collection) => (
          <li key={collection.name}>
            <button
              type="button"
              onClick={() => put(collection.name)}
              className="flex min-h-12 w-full items-center gap-3 rounded-lg px-2 text-left text-sm hover:bg-ink/8"
            >
              <span className="size-9 flex-none overflow-hidden rounded-md bg-well">
                {collection.cover && (
                  <img src={assetUrl(collection.cover, 160)} alt="" className="size-full object-cover" />
                )}
              </span>
              <span className="min-w-0 flex-1 truncate">{collection.name}</span>
              <span className="text-soft text-xs tabular-nums">{collection.count}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            onClick={() => put(null)}
            className="min-h-10 w-full rounded-lg px-2 text-left text-soft text-sm hover:bg-ink/8"
          >
            In no collection
          </button>
        </li>
      </ul>
    </Modal>
  );
}
