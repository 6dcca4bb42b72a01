"use client";
import { Check, ImagePlus } from "lucide-react";
import { useId, useState } from "react";
import { assetUrl, sayWhy } from "#lib/client/call-api.ts";
import { uploadPictures } from "#lib/client/editor/fields/upload-pictures.ts";
import { coverChoices } from "#lib/client/editor/publish/cover-choices.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";

/** The picture that stands for the template: one this graph made, or one from a file. */
export function CoverPicker({ cover, onPick }: { cover?: string; onPick(cover: string | undefined): void }) {
  const editor = useEditor();
  const fileId = useId();
  const [own, setOwn] = useState<string[]>([]);
  const [fault, setFault] = useState<string>();
  const choices = coverChoices(editor.getState(), [...own, ...(cover ? [cover] : [])]);
  const upload = async (files: FileList | null) => {
    try {
      setFault(undefined);
      const [stored] = await uploadPictures([...(files ?? [])].slice(0, 1));
      if (!stored) return;
      setOwn((before) => [...before, stored.asset]);
      onPick(stored.asset);
    } catch (error) {
      setFault(error instanceof RangeError ? error.message : sayWhy(error));
    }
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium text-sm">Cover</legend>
      <div className="flex gap-2 overflow-x-auto p-0.5 pb-2">
        {choices.map((asset, index) => (
          <button
            key={asset}
            type="button"
            aria-pressed={asset === cover}
            aria-label={`Picture ${index + 1} as the cover`}
            onClick={() => onPick(asset === cover ? undefined : asset)}
            className="relative size-20 shrink-0 overflow-hidden rounded-lg bg-well ring-1 ring-line aria-pressed:ring-2 aria-pressed:ring-brand"
          >
            <img src={assetUrl(asset, 320)} alt="" loading="lazy" className="size-full object-cover" />
            {asset === cover && (
              <span className="absolute right-1 bottom-1 grid size-5 place-items-center rounded-full bg-brand text-on-brand">
                <Check aria-hidden="true" className="size-3.5" />
              </span>
            )}
          </button>
        ))}
        <input
          id={fileId}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          tabIndex={-1}
          aria-hidden="true"
          className="hidden"
          onChange={({ target }) => {
            void upload(target.files);
            target.value = "";
          }}
        />
        <button
          type="button"
          onClick={() => document.getElementById(fileId)?.click()}
          className="grid size-20 shrink-0 place-items-center rounded-lg border border-line border-dashed text-soft hover:border-soft hover:text-ink"
        >
          <ImagePlus aria-hidden="true" className="size-5" />
          <span className="sr-only">A cover from a file</span>
        </button>
      </div>
      {choices.length === 0 && (
        <p className="text-soft text-xs">Run the graph once, and its pictures can be chosen here.</p>
      )}
      {fault && (
        <p role="alert" className="text-fail text-xs">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
