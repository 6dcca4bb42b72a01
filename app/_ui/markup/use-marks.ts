"use client";
import { useEffect, useRef, useState } from "react";
import type { Size } from "#lib/client/editor/paint/camera.ts";
import { markAt, markFrom, marksFor, movedMark } from "#lib/client/editor/paint/marks.ts";
import { simplified } from "#lib/client/editor/paint/simplify.ts";
import { firstStep, type Steps, stepAgain, stepBack, stepped } from "#lib/client/editor/paint/steps.ts";
import { type Mark, MOST_MARKS, type Spot } from "#lib/protocol/marks.ts";
import type { Draw, Hand } from "../stage/stage.tsx";
import type { StageView } from "../stage/stage-view.ts";
import { drawMark, drawSelection } from "./draw-marks.ts";

export type MarkTool = "select" | Mark["kind"];

/** Drawing, choosing, moving and undoing marks over a picture. */
export function useMarks(size: Size, view: StageView, start: readonly Mark[]) {
  const [steps, setSteps] = useState<Steps<readonly Mark[]>>(() => firstStep(start));
  const [tool, setTool] = useState<MarkTool>("arrow");
  const [chosen, setChosen] = useState<number>();
  const [refusal, setRefusal] = useState<string>();
  const [look, setLook] = useState(() => ({ color: "#ff3b30", ...marksFor(size) }));
  const way = useRef<Spot[]>([]);
  const grabbed = useRef<{ mark: Mark; at: number; from: Spot }>(undefined);
  const moves = useRef(0);
  const marks = steps.now;
  useEffect(() => {
    if (chosen !== undefined && chosen >= marks.length) setChosen(undefined);
  }, [marks, chosen]);

  const set = (now: readonly Mark[], merge?: string) => setSteps((all) => stepped(all, now, merge));
  const replace = (at: number, mark: Mark, merge?: string) => set(marks.with(at, mark), merge);
  const drawn = (): Mark | undefined => (tool === "select" ? undefined : markFrom(tool, way.current, look));

  const hand: Hand = {
    down({ x, y }) {
      setRefusal(undefined);
      const spot: Spot = [x, y];
      const near = markAt(marks, spot, 8 / view.camera.scale);
      if (tool === "select") {
        setChosen(near < 0 ? undefined : near);
        const mark = marks[near];
        moves.current += 1;
        grabbed.current = mark && { mark, at: near, from: spot };
        return;
      }
      if (marks.length >= MOST_MARKS) {
        setRefusal(`A picture takes at most ${MOST_MARKS} marks. Delete some before drawing on.`);
        return;
      }
      way.current = [spot];
    },
    move(touches) {
      const spots = touches.map(({ x, y }): Spot => [x, y]);
      const last = spots.at(-1);
      const held = grabbed.current;
      if (held && last)
        replace(held.at, movedMark(held.mark, last[0] - held.from[0], last[1] - held.from[1]), `move ${moves.current}`);
      else if (way.current.length > 0) way.current.push(...spots);
      view.redraw();
    },
    up() {
      grabbed.current = undefined;
      let mark = drawn();
      way.current = [];
      if (mark?.kind === "stroke") {
        const points = simplified(mark.points, 1, Math.max(0.5, 0.5 / view.camera.scale)).slice(0, 5000);
        mark = { ...mark, points: points.map(([x, y]): Spot => [x, y]) };
      }
      if (!mark) return;
      set([...marks, mark]);
      setChosen(marks.length);
      // A note wants its words next.
      if (mark.kind === "note") setTool("select");
    },
    cancel() {
      way.current = [];
      grabbed.current = undefined;
    },
  };

  const draw: Draw = (context, { scale }) => {
    for (const mark of marks) drawMark(context, mark);
    const making = drawn();
    if (making && making.kind !== "note") drawMark(context, making);
    const mark = chosen === undefined ? undefined : marks[chosen];
    if (mark) drawSelection(context, mark, scale);
  };

  const mark = chosen === undefined ? undefined : marks[chosen];
  return {
    marks,
    changed: marks !== start,
    tool,
    setTool: (next: MarkTool) => {
      setTool(next);
      if (next !== "select") setChosen(undefined);
    },
    mark,
    /** Changes the mark that is chosen and what is drawn next. */
    setLook(part: Partial<typeof look>) {
      setLook((now) => ({ ...now, ...part }));
      if (mark === undefined || chosen === undefined) return;
      const { size: letters, ...line } = part;
      const next = { ...mark, ...line, ...(mark.kind === "note" && letters ? { size: letters } : {}) };
      replace(chosen, next, `look ${chosen}`);
    },
    look: mark ? { color: mark.color, width: mark.width, size: mark.kind === "note" ? mark.size : look.size } : look,
    write(text: string) {
      if (mark?.kind === "note" && chosen !== undefined) replace(chosen, { ...mark, text }, `text ${chosen}`);
    },
    remove() {
      if (chosen === undefined) return;
      set(marks.toSpliced(chosen, 1));
      setChosen(undefined);
    },
    nudge(dx: number, dy: number) {
      if (mark && chosen !== undefined) replace(chosen, movedMark(mark, dx, dy), `nudge ${chosen}`);
    },
    choose: setChosen,
    chosen,
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    undo: () => setSteps(stepBack),
    redo: () => setSteps(stepAgain),
    refusal,
    hand,
    draw,
  };
}
