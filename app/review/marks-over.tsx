import { drawingOf, type Mark, type Spot } from "#lib/protocol/marks.ts";

const path = (spots: readonly Spot[]): string => spots.map(([x, y]) => `${x},${y}`).join(" ");

/** Marks as they were drawn, over a picture of the same shape. */
export function MarksOver({ marks, width, height }: { marks: readonly Mark[]; width: number; height: number }) {
  if (marks.length === 0) return null;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className="pointer-events-none absolute inset-0 size-full"
      aria-hidden="true"
    >
      {marks.map((mark, index) => {
        const { lines, head } = drawingOf(mark);
        return (
          <g key={`${index} ${mark.kind}`} stroke={mark.color} fill="none" strokeLinecap="round" strokeLinejoin="round">
            {lines.map((line) => (
              <polyline key={path(line)} points={path(line)} strokeWidth={mark.width} />
            ))}
            {head && <polygon points={path(head)} fill={mark.color} stroke="none" />}
            {mark.kind === "note" && (
              <text x={mark.x} y={mark.y + mark.size} fontSize={mark.size} fill={mark.color} stroke="none">
                {mark.text}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
