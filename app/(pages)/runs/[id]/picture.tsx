"use client";
import { X } from "lucide-react";
import { useRef } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import type { ImageValue, MaskValue } from "#lib/protocol/values.ts";

/** A preview in its true aspect; a click shows the whole picture, Escape closes it. */
export function Picture({ picture, alt }: { picture: ImageValue | MaskValue; alt: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { width, height } = picture;
  const label = picture.kind === "image" ? picture.label : "mask";
  return (
    <figure className="flex flex-col gap-1.5">
      <button
        type="button"
        onClick={() => dialog.current?.showModal()}
        className="overflow-hidden rounded-lg bg-well"
        aria-label={`${alt}: show whole picture`}
      >
        <img
          src={assetUrl(picture.asset, 640)}
          alt={alt}
          width={width}
          height={height}
          loading="lazy"
          className="mx-auto max-h-[28rem] w-full animate-appear object-contain transition hover:brightness-110"
        />
      </button>
      <figcaption className="flex flex-wrap justify-between gap-x-3 text-soft text-xs tabular-nums">
        <span className="truncate">{label}</span>
        <span>
          {width} × {height}
        </span>
      </figcaption>
      <dialog
        ref={dialog}
        aria-label={alt}
        onClick={(event) => event.target === dialog.current && dialog.current?.close()}
        onKeyDown={(event) => event.key === "Escape" && dialog.current?.close()}
        className="m-auto max-h-dvh max-w-full bg-transparent backdrop:bg-[#0c0c0c]/95"
      >
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          aria-label="Close"
          className="fixed top-3 right-3 rounded-full bg-[#141414] p-2.5 text-[#f2f0ed]"
        >
          <X aria-hidden="true" className="size-5" />
        </button>
        <img
          src={assetUrl(picture.asset)}
          alt={alt}
          loading="lazy"
          className="max-h-[94dvh] max-w-full object-contain"
        />
      </dialog>
    </figure>
  );
}
