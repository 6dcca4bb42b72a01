import { describe, expect, it } from "vitest";
import { markAt, markFrom, marksFor, movedMark, saidMarks } from "#lib/client/editor/paint/marks.ts";
import { Mark } from "#lib/protocol/marks.ts";

const look = { color: "#ff0000", width: 4, size: 20 };

describe("marks that are drawn by hand", () => {
  it("every kind becomes a setting the node takes, whichever way it was dragged", () => {
    for (const kind of ["arrow", "box", "ellipse", "stroke", "note"] as const) {
      const mark = markFrom(
        kind,
        [
          [80.4, 60.2],
          [40, 90],
          [20.6, 10],
        ],
        look,
      );
      expect(Mark.parse(mark), kind).toEqual(mark);
    }
    expect(
      markFrom(
        "box",
        [
          [80, 60],
          [20, 10],
        ],
        look,
      ),
    ).toMatchObject({ x: 20, y: 10, w: 60, h: 50 });
  });

  it("a click is no box and no arrow", () => {
    expect(
      markFrom(
        "box",
        [
          [5, 5],
          [5, 5],
        ],
        look,
      ),
    ).toBeUndefined();
    expect(markFrom("arrow", [[5, 5]], look)).toBeUndefined();
    expect(markFrom("box", [], look)).toBeUndefined();
  });

  it("the topmost mark near a point is found; the inside of a frame is not the frame", () => {
    const frame = markFrom(
      "box",
      [
        [10, 10],
        [90, 90],
      ],
      look,
    );
    const note = markFrom("note", [[40, 40]], look);
    if (!frame || !note) throw new Error("both should be there");
    expect(markAt([frame, note], [10, 50], 3)).toBe(0);
    expect(markAt([frame, note], [50, 50], 3)).toBe(1);
    expect(markAt([frame], [50, 50], 3)).toBe(-1);
  });

  it("a moved mark is the same mark elsewhere", () => {
    const arrow = markFrom(
      "arrow",
      [
        [0, 0],
        [50, 50],
      ],
      look,
    );
    expect(arrow && movedMark(arrow, 10, -5)).toMatchObject({ from: [10, -5], to: [60, 45], color: "#ff0000" });
  });

  it("notes without words are left out, and sizes follow the picture", () => {
    const note = markFrom("note", [[1, 1]], look);
    expect(note && saidMarks([note, { ...note, text: "warmer" } as Mark])).toHaveLength(1);
    expect(marksFor({ width: 4096, height: 2048 }).width).toBeGreaterThan(marksFor({ width: 512, height: 512 }).width);
  });
});
