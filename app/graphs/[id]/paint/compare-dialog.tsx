"use client";
import { Columns2, Contrast, SplitSquareHorizontal } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { changedInWords, differenceOf } from "#lib/client/editor/paint/difference.ts";
import { previewSize } from "#lib/client/editor/paint/mask-board.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import { BarButton } from "../../../_ui/stage/controls.tsx";
import { FullDialog } from "../../../_ui/stage/full-dialog.tsx";
import { type Draw, Stage } from "../../../_ui/stage/stage.tsx";
import { createStageView, type StageView } from "../../../_ui/stage/stage-view.ts";
import { stageKeys, ZoomButtons } from "../../../_ui/stage/zoom-buttons.tsx";
import type { DialogProps } from "../dialogs.tsx";
import { Waiting } from "./no-picture.tsx";
import { canvasOf, pixelsOf, sizeOf, usePicture } from "./use-picture.ts";

const MODES = [
  { mode: "wipe", name: "Wipe", Icon: SplitSquareHorizontal },
  { mode: "side", name: "Side by side", Icon: Columns2 },
  { mode: "difference", name: "Difference", Icon: Contrast },
] as const;
type Mode = (typeof MODES)[number]["mode"];

/** Two pictures against each other: one wiped over the other, side by side, or their difference. */
export default function CompareDialog({ dialog, close, extra }: DialogProps<"compare"> & { extra?: ReactNode }) {
  const [swapped, setSwapped] = useState(false);
  const [first, second] = swapped ? [dialog.after, dialog.before] : [dialog.before, dialog.after];
  const [before, after] = [usePicture(dialog.before.asset), usePicture(dialog.after.asset)];
  if (!before.picture || !after.picture)
    return <Waiting title="Compare" error={before.error ?? after.error} close={close} />;
  const pictures: [HTMLImageElement, HTMLImageElement] = swapped
    ? [after.picture, before.picture]
    : [before.picture, after.picture];
  return (
    <Compared
      pictures={pictures}
      values={[first, second]}
      swap={() => setSwapped((now) => !now)}
      close={close}
      extra={extra}
    />
  );
}

function Compared({
  pictures,
  values,
  swap,
  close,
  extra,
}: {
  pictures: [HTMLImageElement, HTMLImageElement];
  values: [ImageValue, ImageValue];
  swap(): void;
  close(): void;
  /** Stands with the tools below, say a strip of more pictures. */
  extra?: ReactNode;
}) {
  const [before, after] = pictures;
  const [view] = useState(createStageView);
  const [mode, setMode] = useState<Mode>("wipe");
  const [wipe, setWipe] = useState(50);
  const [held, setHeld] = useState(false);
  const size = useMemo(() => sizeOf(before), [before]);
  const other = sizeOf(after);
  const sameSize = size.width === other.width && size.height === other.height;
  const difference = useMemo(() => {
    if (mode !== "difference") return undefined;
    const small = previewSize(size, 1600);
    const { data, share } = differenceOf(pixelsOf(before, small), pixelsOf(after, small));
    const canvas = canvasOf(small);
    canvas.getContext("2d")?.putImageData(new ImageData(data, small.width, small.height), 0, 0);
    return { canvas, share };
  }, [mode, before, after, size]);

  const whole =
    (picture: CanvasImageSource): Draw =>
    (context) =>
      context.drawImage(picture, 0, 0, size.width, size.height);
  const wiped: Draw = (context, { scale }) => {
    const at = (size.width * wipe) / 100;
    whole(after)(context, { scale });
    context.save();
    context.beginPath();
    context.rect(0, 0, at, size.height);
    context.clip();
    context.clearRect(0, 0, at, size.height);
    whole(before)(context, { scale });
    context.restore();
    for (const [width, style] of [
      [4, "rgb(0 0 0 / 0.5)"],
      [2, "#ffffff"],
    ] as const) {
      context.fillStyle = style;
      context.fillRect(at - width / scale / 2, 0, width / scale, size.height);
    }
  };
  const slide = ({ x }: { x: number }) => setWipe(Math.round(Math.min(100, Math.max(0, (x / size.width) * 100))));
  const next = () =>
    setMode((now) => MODES[(MODES.findIndex((one) => one.mode === now) + 1) % MODES.length]?.mode ?? "wipe");
  const status = [
    sameSize ? "" : `The sizes differ: ${size.width} × ${size.height} and ${other.width} × ${other.height}.`,
    mode === "difference" && difference ? `${changedInWords(difference.share)} Shown four times as strong.` : "",
  ]
    .filter(Boolean)
    .join(" ");
  const named = (index: 0 | 1) =>
    `${index === 0 ? "Before" : "After"}${values[index].label ? `: ${values[index].label}` : ""}`;
  return (
    <FullDialog
      title="Compare"
      status={status}
      onClose={close}
      onHold={setHeld}
      keys={{
        ...stageKeys(view),
        w: () => setMode("wipe"),
        m: next,
        c: swap,
        arrowleft: () => setWipe((at) => Math.max(0, at - 1)),
        arrowright: () => setWipe((at) => Math.min(100, at + 1)),
      }}
      actions={
        <>
          <BarButton onClick={swap} title="Swap before and after (C)">
            Swap
          </BarButton>
          <BarButton first onClick={close}>
            Close
          </BarButton>
        </>
      }
    >
      <div className="relative flex min-h-0 flex-1">
        {mode === "side" && !held ? (
          <div className="flex min-h-0 flex-1 flex-col gap-px bg-line sm:flex-row">
            <Half label={named(0)} view={view} size={size} draw={whole(before)} />
            <Half label={named(1)} view={view} size={size} draw={whole(after)} />
          </div>
        ) : (
          <>
            <Stage
              key="one"
              picture={size}
              view={view}
              label={held ? named(0) : `${named(0)}, ${named(1)}`}
              cursor="ew-resize"
              draw={held ? whole(before) : mode === "wipe" ? wiped : whole(difference?.canvas ?? after)}
              {...(mode === "wipe" && !held
                ? {
                    hand: {
                      down: slide,
                      move: (way) => {
                        const last = way.at(-1);
                        if (last) slide(last);
                      },
                      up: () => {},
                      cancel: () => {},
                    },
                  }
                : {})}
            />
            {(mode === "wipe" || held) && <Chip place="left-3">{named(0)}</Chip>}
            {mode === "wipe" && !held && <Chip place="right-3">{named(1)}</Chip>}
          </>
        )}
        <ZoomButtons view={view} />
      </div>
      <footer className="flex flex-none flex-wrap items-center justify-center gap-x-6 gap-y-2 border-line border-t bg-surface px-3 py-2">
        <fieldset className="flex rounded-lg border border-line p-0.5">
          <legend className="sr-only">How to compare</legend>
          {MODES.map(({ mode: one, name, Icon }) => (
            <button
              key={one}
              type="button"
              aria-pressed={mode === one}
              onClick={() => setMode(one)}
              className="inline-flex min-h-8 items-center gap-1.5 rounded-md px-2.5 text-soft text-xs hover:text-ink aria-pressed:bg-ink/10 aria-pressed:text-ink"
            >
              <Icon aria-hidden="true" className="size-4" />
              {name}
            </button>
          ))}
        </fieldset>
        {mode === "wipe" && (
          <label className="flex items-center gap-3 text-soft text-xs">
            Before
            <input
              type="range"
              min={0}
              max={100}
              value={wipe}
              aria-label="Wipe between before and after"
              aria-valuetext={`${wipe} % before, ${100 - wipe} % after`}
              onChange={(event) => setWipe(Number(event.target.value))}
              className="w-40 accent-brand sm:w-64"
            />
            After
          </label>
        )}
        {extra}
        <p className="hidden text-soft text-xs lg:block">W wipe · M mode · C swap · hold \ for before</p>
      </footer>
    </FullDialog>
  );
}

const Half = ({
  label,
  ...stage
}: {
  label: string;
  view: StageView;
  size: { width: number; height: number };
  draw: Draw;
}) => (
  <div className="relative flex min-h-0 min-w-0 flex-1">
    <Stage label={label} view={stage.view} picture={stage.size} draw={stage.draw} />
    <Chip place="left-3">{label}</Chip>
  </div>
);

const Chip = ({ place, children }: { place: string; children: ReactNode }) => (
  <span
    aria-hidden="true"
    className={`pointer-events-none absolute top-3 ${place} rounded-md bg-black/65 px-2 py-1 font-medium text-white text-xs`}
  >
    {children}
  </span>
);
