"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { Asked, AskedPicture } from "#lib/client/review/asked.ts";
import type { Mark } from "#lib/protocol/marks.ts";

const MarkupDialog = dynamic(() => import("../_ui/markup/markup-dialog.tsx").then((part) => part.MarkupDialog), {
  ssr: false,
});

/** Loads the picture's own pixels and what is needed to draw over them, when somebody wants to. */
export function DrawOver({
  asked,
  picture,
  start,
  onDone,
  onClose,
}: {
  asked: Asked;
  picture: AskedPicture;
  start: readonly Mark[];
  onDone(marks: readonly Mark[]): void;
  onClose(): void;
}) {
  const [source, setSource] = useState<HTMLImageElement>();
  const address = asked.address(picture.asset);
  // Closing is said once, when the picture does not come.
  useEffect(() => {
    let wanted = true;
    const image = new Image();
    image.src = address;
    image.decode().then(
      () => wanted && setSource(image),
      () => wanted && onClose(),
    );
    return () => {
      wanted = false;
    };
  }, [address]);
  if (!source) return null;
  const { width, height } = picture;
  return (
    <MarkupDialog
      title="Draw what has to change"
      size={{ width, height }}
      source={source}
      start={start}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
