"use client";
import { X } from "lucide-react";
import { useParams } from "next/navigation";
import { useContext, useId, useRef, useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { verdictOn } from "#lib/client/review/verdict-lines.ts";
import type { ImageValue, MaskValue } from "#lib/protocol/values.ts";
import { ExportButton } from "../../../_ui/export/export-button.tsx";
import { BoxesOver } from "../../../_ui/quality/boxes-over.tsx";
import { VerdictChip } from "../../../_ui/quality/verdict-chip.tsx";
import { type BoxesShown, linesShown, VerdictLines } from "../../../_ui/quality/verdict-lines.tsx";
import { SaveSheet } from "../../../_ui/save-sheet/save-sheet.tsx";
import { VerdictsContext } from "./verdicts-context.ts";

/** A preview in its true aspect with what a judge said of it; a click shows the whole picture, Escape closes it. */
export function Picture({ picture, alt }: { picture: ImageValue | MaskValue; alt: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  // A cached picture was made by an earlier run, perhaps of another graph: this page is about its own.
  const { id: run } = useParams<{ id: string }>();
  const { width, height } = picture;
  const label = picture.kind === "image" ? picture.label : "mask";
  const known = useContext(VerdictsContext);
  const verdicts = picture.kind === "image" ? (known.get(picture.asset) ?? picture.verdicts) : undefined;
  const { verdict, lines } = verdictOn({ verdicts: verdicts && [...verdicts] });
  const [open, setOpen] = useState(false);
  const [boxes, setBoxes] = useState<BoxesShown>({ all: true });
  const details = useId();
  return (
    <figure className="flex flex-col gap-1.5">
      <button
        type="button"
        onClick={() => dialog.current?.showModal()}
        className="overflow-hidden rounded-lg bg-well"
        aria-label={`${alt}: show whole picture`}
      >
        <span
          className="relative mx-auto block"
          style={{ aspectRatio: `${width} / ${height}`, width: `min(100%, calc(28rem * ${width / height}))` }}
        >
          <img
            src={assetUrl(picture.asset, 640)}
            alt={alt}
            width={width}
            height={height}
            loading="lazy"
            className="size-full animate-appear object-contain transition hover:brightness-110"
          />
          {open && <BoxesOver lines={linesShown(lines, boxes)} />}
        </span>
      </button>
      <figcaption className="flex flex-wrap justify-between gap-x-3 text-soft text-xs tabular-nums">
        <span className="truncate">{label}</span>
        <span>
          {width} × {height}
        </span>
      </figcaption>
      {picture.kind === "image" && (
        <SaveSheet
          picture={picture}
          title={alt.replace(/, picture \d+$/, "")}
          className="inline-flex min-h-8 items-center gap-1.5 self-start text-soft text-xs hover:text-ink"
        />
      )}
      {verdict && (
        <div className="grid gap-2">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={details}
            onClick={() => setOpen(!open)}
            className="flex min-h-8 items-center gap-1.5 justify-self-start rounded-full text-soft text-xs"
          >
            <VerdictChip verdict={verdict} />
            {open ? "Hide why" : "Why?"}
          </button>
          <div id={details} hidden={!open}>
            {open && <VerdictLines lines={lines} shown={boxes} onShow={setBoxes} />}
          </div>
        </div>
      )}
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
        {picture.kind === "image" && picture.made.run && (
          <div className="fixed top-3 left-3">
            <ExportButton
              wanted={{ pictures: [{ run, asset: picture.asset }] }}
              className="inline-flex min-h-10 items-center gap-2 rounded-full bg-[#141414] px-4 text-[#f2f0ed] text-sm"
            />
          </div>
        )}
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
