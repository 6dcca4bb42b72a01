"use client";
import type { ReactNode } from "react";
import type { Size } from "#lib/client/editor/paint/camera.ts";
import { SidePanel, Slider, Swatches } from "../stage/controls.tsx";
import { NoteWords } from "./note-words.tsx";
import type { useMarks } from "./use-marks.ts";

const COLORS = [
  { name: "Red", hex: "#ff3b30" },
  { name: "Yellow", hex: "#ffd60a" },
  { name: "Green", hex: "#30d158" },
  { name: "Cyan", hex: "#32d7ff" },
  { name: "Magenta", hex: "#ff2d9b" },
  { name: "White", hex: "#ffffff" },
  { name: "Black", hex: "#111111" },
] as const;

const KINDS = { arrow: "Arrow", box: "Box", ellipse: "Ellipse", stroke: "Freehand", note: "Note" } as const;

/** How marks look, which there are, and what they are for. */
export function MarkupPanel({
  marking,
  size,
  about,
}: {
  marking: ReturnType<typeof useMarks>;
  size: Size;
  about: ReactNode;
}) {
  const { mark, tool, look, marks } = marking;
  const letters = tool === "note" || mark?.kind === "note";
  return (
    <SidePanel label="Settings of the marks">
      {mark?.kind === "note" && <NoteWords key={marking.chosen} note={mark} onWrite={marking.write} />}
      <Swatches label="Colour" colors={COLORS} value={look.color} onChange={(color) => marking.setLook({ color })} />
      {letters ? (
        <Slider
          label="Letters"
          unit=" px"
          min={8}
          max={Math.max(64, Math.round(Math.max(size.width, size.height) / 6))}
          curve={1.8}
          value={look.size}
          onChange={(letterSize) => marking.setLook({ size: letterSize })}
        />
      ) : (
        <Slider
          label="Line"
          unit=" px"
          min={1}
          max={64}
          curve={1.8}
          value={look.width}
          onChange={(width) => marking.setLook({ width })}
        />
      )}
      <hr className="border-line" />
      {marks.length > 0 && (
        <ol aria-label="Marks" className="grid gap-0.5 text-xs">
          {marks.map((one, i) => (
            <li key={`${i} ${one.kind}`}>
              <button
                type="button"
                aria-pressed={marking.chosen === i}
                onClick={() => {
                  marking.setTool("select");
                  marking.choose(i);
                }}
                className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-soft hover:bg-ink/8 aria-pressed:bg-ink/10 aria-pressed:text-ink"
              >
                <span style={{ background: one.color }} className="size-2.5 flex-none rounded-full ring-1 ring-line" />
                <span className="truncate">
                  {one.kind === "note" ? one.text || "Note without words" : KINDS[one.kind]}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
      <p className="hidden text-soft text-xs leading-5 sm:block">{about}</p>
    </SidePanel>
  );
}
