"use client";
import { ImageOff } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { type LineageLine, layOutLineage } from "#lib/client/archive/lineage-layout.ts";
import { madeHow } from "#lib/client/archive/record-words.ts";
import { assetUrl } from "#lib/client/call-api.ts";
import type { LineagePicture } from "#lib/protocol/entry-record.ts";

/** A picture of the lineage and the room between two (pixels). */
const [SIDE, WORDS, ACROSS, DOWN, PAD] = [92, 30, 60, 18, 8];

/** The way from references to the final picture: pictures with the step that made each, threads as the double warm line with the turn they came to. */
export function Lineage({
  pictures,
  shown,
  onShow,
}: {
  pictures: readonly LineagePicture[];
  /** The asset that is looked at. */
  shown: string;
  onShow(picture: LineagePicture): void;
}) {
  const { spots, lines, columns, rows } = useMemo(() => layOutLineage(pictures), [pictures]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The final picture is what was asked about: a long way is shown from its end.
    const element = box.current;
    if (element) element.scrollLeft = element.scrollWidth;
  }, []);
  const [width, height] = [columns * (SIDE + ACROSS) - ACROSS + 2 * PAD, rows * (SIDE + WORDS + DOWN) - DOWN + 2 * PAD];
  const at = new Map(
    spots.map(({ picture, column, row }) => [
      picture.asset,
      { x: PAD + column * (SIDE + ACROSS), y: PAD + row * (SIDE + WORDS + DOWN) },
    ]),
  );
  return (
    <section
      ref={box}
      aria-label="Lineage"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it (WCAG 2.1.1).
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-well"
    >
      <div className="relative" style={{ width, height }}>
        <svg aria-hidden="true" width={width} height={height} className="absolute inset-0">
          {lines.map((line) => (
            <Line key={`${line.from} ${line.to}`} line={line} from={at.get(line.from)} to={at.get(line.to)} />
          ))}
        </svg>
        <ol aria-label="From references to the final picture">
          {spots.map(({ picture }) => {
            const place = at.get(picture.asset);
            const title = picture.node?.title || picture.node?.id || "Picture";
            const how = madeHow(picture);
            const through = picture.through?.length ? `, then through ${picture.through.join(", ")}` : "";
            return (
              <li key={picture.asset} className="absolute" style={{ left: place?.x, top: place?.y, width: SIDE }}>
                <button
                  type="button"
                  aria-pressed={picture.asset === shown}
                  onClick={() => onShow(picture)}
                  className="block w-full rounded-lg text-left outline-offset-2"
                >
                  <span
                    className={`grid place-content-center overflow-hidden rounded-lg border-2 bg-canvas ${picture.asset === shown ? "border-brand" : "border-line"}`}
                    style={{ height: SIDE }}
                  >
                    <LineageImage picture={picture} />
                  </span>
                  <span className="mt-1 block truncate font-medium text-[11px] leading-3.5">{title}</span>
                  <span className="block truncate text-[11px] text-soft leading-3.5">
                    {how}
                    <span className="sr-only">{through}</span>
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}

function LineageImage({ picture }: { picture: LineagePicture }) {
  if (picture.mediaType && !picture.mediaType.startsWith("image/"))
    return <ImageOff aria-hidden="true" className="size-5 text-soft" />;
  return (
    <img
      src={assetUrl(picture.asset, 320)}
      alt=""
      loading="lazy"
      className="object-cover"
      style={{ width: SIDE - 4, height: SIDE - 4 }}
    />
  );
}

function Line({
  line,
  from,
  to,
}: {
  line: LineageLine;
  from: { x: number; y: number } | undefined;
  to: { x: number; y: number } | undefined;
}) {
  if (!from || !to) return null;
  const [x1, y1, x2, y2] = [from.x + SIDE, from.y + SIDE / 2, to.x, to.y + SIDE / 2];
  const bend = Math.max(24, (x2 - x1) / 2);
  const path = (shift: number) =>
    `M${x1} ${y1 + shift}C${x1 + bend} ${y1 + shift} ${x2 - bend} ${y2 + shift} ${x2} ${y2 + shift}`;
  if (!line.thread) return <path d={path(0)} fill="none" stroke="var(--soft)" strokeOpacity={0.6} strokeWidth={1.5} />;
  return (
    <g>
      <path d={path(-2.5)} fill="none" stroke="var(--brand)" strokeWidth={2} />
      <path d={path(2.5)} fill="none" stroke="var(--brand)" strokeWidth={2} />
      {line.turn !== undefined && (
        <>
          <circle
            cx={(x1 + x2) / 2}
            cy={(y1 + y2) / 2}
            r={9}
            fill="var(--well)"
            stroke="var(--brand)"
            strokeWidth={1.5}
          />
          <text
            x={(x1 + x2) / 2}
            y={(y1 + y2) / 2 + 3.5}
            textAnchor="middle"
            fontSize={10}
            fontWeight={600}
            fill="var(--brand)"
          >
            {line.turn}
          </text>
        </>
      )}
    </g>
  );
}
