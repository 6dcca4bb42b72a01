"use client";
import { type ClipboardEvent, type DragEvent, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";

/** Work that stores what somebody brought: whether it is under way, and why it came to nothing. */
export function useStoring() {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const store = async (work: () => Promise<void>) => {
    setBusy(true);
    setFault(undefined);
    try {
      await work();
    } catch (error) {
      setFault(error instanceof RangeError ? error.message : sayWhy(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, store };
}

/**
 * Makes a frame take what is dropped on it and, where `take` may say that it wanted it, what is pasted into it. Nothing that is around the frame hears
 * of either. `over` = something is being dragged above it.
 */
export function useDropZone(take: (data: DataTransfer) => boolean) {
  const [over, setOver] = useState(false);
  const hold = (event: DragEvent | ClipboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    over,
    zone: {
      onDragOver(event: DragEvent) {
        hold(event);
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        hold(event);
        setOver(false);
        take(event.dataTransfer);
      },
      onPaste(event: ClipboardEvent) {
        if ((event.target as HTMLElement).matches("input[type=text], textarea")) return;
        if (take(event.clipboardData)) hold(event);
      },
    },
  };
}

/** The file dialogue behind a button that clicks it by its id. The same file may be chosen again. */
export function HiddenFileInput({
  id,
  accept,
  many = false,
  camera = false,
  onFiles,
}: {
  id: string;
  accept: string;
  many?: boolean;
  /** On phones it opens the camera. */
  camera?: boolean;
  onFiles(files: File[]): void;
}) {
  return (
    <input
      id={id}
      type="file"
      accept={accept}
      multiple={many}
      capture={camera ? "environment" : undefined}
      tabIndex={-1}
      aria-hidden="true"
      className="hidden"
      onChange={({ target }) => {
        const files = [...(target.files ?? [])];
        target.value = "";
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}
