"use client";
import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { addPoint, type CurvePoint, movePoint, pointsIn } from "#lib/client/editor/fields/curve-points.ts";
import { type ControlProps, MINI, SMALL } from "./control-props.ts";

const SIDE = 200;

/** A tone curve: points from dark to light, joined as the eye expects; drag them, or write their numbers. */
export function CurveControl({ id, field, control, value, onChange, onDone, describedBy }: ControlProps<"curve">) {
  const plane = useRef<SVGSVGElement>(null);
  const held = useRef<number>(undefined);
  const points = pointsIn(value);
  const put = (next: CurvePoint[]) => onChange(next.length === 0 ? undefined : next);
  const at = (event: { clientX: number; clientY: number }): CurvePoint => {
    const box = plane.current?.getBoundingClientRect();
    if (!box) return [0, 0];
    return [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
  };
  const line =
    points.length === 0
      ? [
          [0, 0],
          [1, 1],
        ]
      : [[0, points[0]?.[1] ?? 0], ...points, [1, points.at(-1)?.[1] ?? 1]];
  const full = control.max !== undefined && points.length >= control.max;
  return (
    <div className="flex flex-col gap-1.5">
      <svg
        ref={plane}
        aria-hidden="true"
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        onPointerDown={(event) => {
          if (full) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const added = addPoint(points, at(event));
          held.current = added.index;
          put(added.points);
        }}
        onPointerMove={(event) => held.current !== undefined && put(movePoint(points, held.current, at(event)))}
        onPointerUp={() => {
          held.current = undefined;
          onDone();
        }}
        className="aspect-square w-full max-w-60 touch-none rounded-lg border border-line bg-well text-soft"
      >
        <path
          d={`M${SIDE / 4} 0V${SIDE}M${SIDE / 2} 0V${SIDE}M${(SIDE * 3) / 4} 0V${SIDE}M0 ${SIDE / 4}H${SIDE}M0 ${SIDE / 2}H${SIDE}M0 ${(SIDE * 3) / 4}H${SIDE}`}
          className="stroke-line"
          fill="none"
        />
        <polyline
          points={line.map(([x = 0, y = 0]) => `${x * SIDE},${(1 - y) * SIDE}`).join(" ")}
          fill="none"
          className="stroke-ink"
          strokeWidth="1.5"
        />
        {points.map(([x, y], index) => (
          <circle
            key={index}
            cx={x * SIDE}
            cy={(1 - y) * SIDE}
            r="6"
            className="cursor-grab fill-brand"
            onPointerDown={(event) => {
              event.stopPropagation();
              plane.current?.setPointerCapture(event.pointerId);
              held.current = index;
            }}
          />
        ))}
      </svg>
      {points.map((point, index) => (
        <div key={index} className="flex items-center gap-1.5 text-xs">
          {[0, 1].map((side) => (
            <input
              key={side}
              type="number"
              min={0}
              max={1}
              step={0.01}
              aria-label={`${field.title}, point ${index + 1}, ${side === 0 ? "in" : "out"}`}
              value={point[side]}
              onChange={({ target }) => {
                const next = Number(target.value);
                put(movePoint(points, index, side === 0 ? [next, point[1]] : [point[0], next]));
              }}
              onBlur={onDone}
              className="w-full min-w-0 rounded-lg border border-line bg-well px-2 py-1 tabular-nums"
            />
          ))}
          <button
            type="button"
            aria-label={`Remove point ${index + 1}`}
            onClick={() => {
              put(points.toSpliced(index, 1));
              onDone();
            }}
            className={MINI}
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </div>
      ))}
      <button
        id={id}
        type="button"
        disabled={full}
        aria-describedby={describedBy}
        onClick={() => {
          put(addPoint(points, [0.5, 0.5]).points);
          onDone();
        }}
        className={`${SMALL} w-fit`}
      >
        <Plus aria-hidden="true" className="size-3.5" />
        Add a point
      </button>
    </div>
  );
}
