"use client";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { EVERYTHING, listPath } from "#lib/client/archive/query.ts";
import { assetUrl, callApi, sayWhy } from "#lib/client/call-api.ts";
import { holdPictures } from "#lib/client/editor/habits/take-in-files.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { CataloguePage, EntryCard } from "#lib/protocol/catalogue.ts";
import type { DialogProps } from "../dialogs.tsx";
import { Popup } from "./popup.tsx";

/** How long typing may pause before it is searched for (ms). */
const PAUSE_MS = 160;

/** Finished pictures of the archive, searched as it is typed; the one that is taken becomes a node on the canvas. */
export default function ArchiveDialog({ dialog, close }: DialogProps<"from-archive">) {
  const editor = useEditor();
  const [q, setQ] = useState("");
  const [found, setFound] = useState<{ entries: readonly EntryCard[]; error?: unknown }>();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () =>
        callApi<CataloguePage>(listPath({ ...EVERYTHING, q })).then(
          ({ entries }) => wanted && setFound({ entries: entries.filter((one) => one.mediaType.startsWith("image/")) }),
          (error: unknown) => wanted && setFound({ entries: [], error }),
        ),
      q === "" ? 0 : PAUSE_MS,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q]);
  const take = (entry: EntryCard) => {
    close();
    holdPictures(editor, [entry.asset], { at: dialog.canvas });
  };
  return (
    <Popup label="From the archive" at="top" size={{ width: 640, height: 560 }} close={close}>
      <label className="relative flex flex-none items-center border-line border-b">
        <span className="sr-only">Search the archive</span>
        <Search aria-hidden="true" className="pointer-events-none absolute left-3.5 size-4 text-soft" />
        <input
          type="search"
          value={q}
          maxLength={2000}
          placeholder="Search finished pictures …"
          onChange={({ target }) => setQ(target.value)}
          className="h-12 w-full bg-transparent pr-3 pl-10 text-sm outline-none"
        />
      </label>
      {found?.error !== undefined && (
        <p role="alert" className="p-4 text-fail text-sm">
          {sayWhy(found.error)}
        </p>
      )}
      {found && found.error === undefined && found.entries.length === 0 && (
        <p className="p-6 text-center text-soft text-sm">
          {q === "" ? "Nothing is archived yet." : "No picture fits these words."}
        </p>
      )}
      <ul
        aria-label="Pictures of the archive"
        className="grid min-h-0 flex-1 grid-cols-3 content-start gap-1.5 overflow-y-auto p-1.5 sm:grid-cols-4"
      >
        {found?.entries.map((entry) => {
          const called = entry.title ?? entry.name.split("/").at(-1) ?? entry.name;
          return (
            <li key={entry.id}>
              <button
                type="button"
                aria-label={entry.alt ? `${called}: ${entry.alt}` : called}
                onClick={() => take(entry)}
                className="block aspect-square w-full overflow-hidden rounded-lg bg-well outline-offset-1 hover:brightness-110"
              >
                <img
                  src={assetUrl(entry.asset, 320)}
                  alt=""
                  loading="lazy"
                  className="size-full object-cover"
                  title={called}
                />
              </button>
            </li>
          );
        })}
      </ul>
    </Popup>
  );
}
