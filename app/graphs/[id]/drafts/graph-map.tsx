import type { MapPicture, Tone } from "#lib/client/editor/drafts/map-picture.ts";

const STROKE: Record<Tone, string> = {
  added: "var(--done)",
  removed: "var(--fail)",
  changed: "var(--hold)",
  moved: "var(--soft)",
  same: "var(--soft)",
};
const SIGN: Record<Tone, string> = { added: "+", removed: "−", changed: "≠", moved: "↔", same: "" };
const DASH: Partial<Record<Tone, string>> = { removed: "10 8", moved: "2 6" };

/** A graph as a small map. What became of each card is told by colour, by line and by a sign. */
export function GraphMap({
  picture: { box, nodes, edges },
  label,
  marked,
  width: drawn,
}: {
  picture: MapPicture;
  label: string;
  /** The node that is pointed at in the list beside it. */
  marked?: string;
  /** About how wide it is drawn (px): lines and letters keep their size however large the graph is. */
  width: number;
}) {
  const ratio = Math.min(3, Math.max(1.4, box.width / box.height));
  const unit = Math.max(box.width / drawn, box.height / (drawn / ratio), 0.8);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      style={{ aspectRatio: ratio }}
      className="w-full rounded-lg border border-line bg-well"
    >
      {edges.map(({ id, from, to, tone }) => {
        const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
        return (
          <path
            key={id}
            d={`M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`}
            fill="none"
            stroke={STROKE[tone]}
            strokeWidth={(tone === "same" ? 1 : 2) * unit}
            strokeOpacity={tone === "same" ? 0.45 : 1}
            strokeDasharray={dash(tone, unit)}
          />
        );
      })}
      {nodes.map(({ id, x, y, width, height, tone, title }) => (
        <g key={`${id}-${tone}`}>
          <rect
            x={x}
            y={y}
            width={width}
            height={height}
            rx={Math.min(14, 4 * unit)}
            fill={tone === "same" || tone === "moved" ? "var(--surface)" : STROKE[tone]}
            fillOpacity={tone === "same" || tone === "moved" ? 1 : 0.14}
            stroke={id === marked ? "var(--brand)" : STROKE[tone]}
            strokeWidth={(id === marked ? 3 : tone === "same" ? 1 : 1.75) * unit}
            strokeOpacity={tone === "same" && id !== marked ? 0.4 : 1}
            strokeDasharray={dash(tone, unit)}
          />
          <text
            x={x + 5 * unit}
            y={y + height / 2}
            dominantBaseline="middle"
            fontSize={9.5 * unit}
            fill="var(--ink)"
            fillOpacity={tone === "same" ? 0.6 : 1}
          >
            {cut(`${SIGN[tone]} ${title}`.trim(), (width - 9 * unit) / (5.1 * unit))}
          </text>
        </g>
      ))}
    </svg>
  );
}

const dash = (tone: Tone, unit: number): string | undefined =>
  DASH[tone]
    ?.split(" ")
    .map((length) => (Number(length) / 2) * unit)
    .join(" ");

/** A name that fits: SVG does not cut text by itself. */
const cut = (text: string, room: number): string =>
  room < 1 ? "" : text.length <= room ? text : `${text.slice(0, Math.max(1, Math.floor(room) - 1))}…`;
