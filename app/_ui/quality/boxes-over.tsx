import type { VerdictLine } from "#lib/client/review/verdict-lines.ts";
import { placeOfNumber } from "./draw-boxes.ts";
import { BoxNumber } from "./verdict-lines.tsx";

const share = (part: number | undefined): string => `${Math.min(1, Math.max(0, part ?? 0)) * 100}%`;

/** Where the judge looked, over a picture that fills its place exactly. A box is x, y, width and height in shares of the picture. */
export function BoxesOver({ lines }: { lines: readonly VerdictLine[] }) {
  return lines.map(({ id, title, passed, box, number }, index) =>
    box ? (
      <span
        key={id}
        title={title}
        data-box={id}
        style={{ left: share(box[0]), top: share(box[1]), width: share(box[2]), height: share(box[3]) }}
        className={`pointer-events-none absolute rounded-sm border-2 shadow-[0_0_0_1px_rgb(0_0_0/0.6)] ${passed ? "border-done" : "border-fail"}`}
      >
        {number !== undefined && (
          <span className="absolute top-0" style={{ left: 16 * placeOfNumber(lines, index) }}>
            <BoxNumber number={number} passed={passed} />
          </span>
        )}
      </span>
    ) : null,
  );
}
