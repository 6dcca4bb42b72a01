"use client";
import { Camera, ImagePlus, LoaderCircle, X } from "lucide-react";
import { useId } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import {
  addressIn,
  picturesIn,
  type StoredPicture,
  uploadFrom,
  uploadPictures,
} from "#lib/client/editor/fields/upload-pictures.ts";
import type { FormPicture } from "#lib/client/templates/form-values.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import { HiddenFileInput, useDropZone, useStoring } from "../../../_ui/take-files.tsx";

const ACCEPT = "image/png,image/jpeg,image/webp";

/** One picture or several: chosen, photographed, dropped or pasted. They are stored at once, so that a run starts without waiting. */
export function PictureField({
  id,
  labelledBy,
  describedBy,
  wrong,
  many,
  pictures,
  onChange,
}: {
  id: string;
  labelledBy?: string;
  describedBy?: string;
  wrong: boolean;
  many: boolean;
  pictures: readonly FormPicture[];
  onChange(pictures: readonly FormPicture[]): void;
}) {
  const chooseId = useId();
  const cameraId = useId();
  const { busy, fault, store } = useStoring();
  const add = (work: () => Promise<StoredPicture[]>) =>
    void store(async () => {
      const stored = (await work()).map(({ asset }) => ({ asset }));
      const known = new Set(stored.map(({ asset }) => asset));
      const all = many ? [...pictures.filter(({ asset }) => !known.has(asset)), ...stored] : stored.slice(0, 1);
      onChange(all.slice(0, LIMITS.imagesPerCall));
    });
  const take = (data: DataTransfer): boolean => {
    const files = picturesIn(data).slice(0, many ? LIMITS.imagesPerCall : 1);
    const url = files.length === 0 ? addressIn(data) : undefined;
    if (files.length > 0) add(() => uploadPictures(files));
    else if (url) add(async () => [await uploadFrom(url)]);
    return files.length > 0 || url !== undefined;
  };
  const { over, zone } = useDropZone(take);
  const chosen = (files: File[]) => add(() => uploadPictures(files));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own
    <div
      role="group"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      {...zone}
      className={`flex flex-col gap-2 rounded-lg border border-dashed p-2 ${over ? "border-brand bg-brand/10" : wrong ? "border-fail" : "border-line"}`}
    >
      {pictures.length > 0 && (
        <ul className="grid grid-cols-3 gap-2">
          {pictures.map(({ asset }, index) => (
            <li
              key={asset}
              className={`relative overflow-hidden rounded-md bg-well ${many ? "aspect-square" : "col-span-3"}`}
            >
              <img
                src={assetUrl(asset, 640)}
                alt={many ? `Picture ${index + 1}` : "The picture"}
                className={many ? "size-full object-cover" : "mx-auto max-h-56 object-contain"}
              />
              <button
                type="button"
                aria-label={many ? `Remove picture ${index + 1}` : "Remove the picture"}
                onClick={() => onChange(pictures.filter((one) => one.asset !== asset))}
                className="absolute top-1 right-1 grid size-8 place-items-center rounded-full bg-[#141414]/85 text-[#f2f0ed] hover:bg-[#141414]"
              >
                <X aria-hidden="true" className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <HiddenFileInput id={chooseId} accept={ACCEPT} many={many} onFiles={chosen} />
        <HiddenFileInput id={cameraId} accept="image/*" camera onFiles={chosen} />
        <button
          id={id}
          type="button"
          disabled={busy}
          aria-describedby={describedBy}
          onClick={() => document.getElementById(chooseId)?.click()}
          className={SMALL}
        >
          {busy ? (
            <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
          ) : (
            <ImagePlus aria-hidden="true" className="size-4" />
          )}
          {busy ? "Storing …" : many ? "Add pictures" : pictures.length > 0 ? "Another picture" : "Choose a picture"}
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={() => document.getElementById(cameraId)?.click()}
          className={`${SMALL_LOOK} hidden pointer-coarse:inline-flex`}
        >
          <Camera aria-hidden="true" className="size-4" />
          Take a photo
        </button>
        <span className="text-soft text-xs pointer-coarse:hidden">or drop it here, or paste</span>
      </div>
      {fault && (
        <p role="alert" className="text-fail text-sm">
          {fault}
        </p>
      )}
    </div>
  );
}

const SMALL_LOOK =
  "min-h-11 items-center gap-1.5 rounded-lg border border-line bg-surface px-3 font-medium text-sm hover:bg-ink/8 disabled:opacity-60 sm:min-h-9";
const SMALL = `inline-flex ${SMALL_LOOK}`;
