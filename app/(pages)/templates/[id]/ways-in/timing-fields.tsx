"use client";
import { useId } from "react";
import {
  cronOf,
  RHYTHM_WORDS,
  RHYTHMS,
  type Rhythm,
  type Timing,
  timingOf,
  WEEKDAYS,
} from "#lib/client/ways-in/rhythm.ts";
import { FIELD, Field } from "./part.tsx";

type Props = { timing: Timing; timeZone: string; onTiming(timing: Timing): void; onZone(zone: string): void };

const zones = (): string[] => ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** How often and at what time, in words; or an expression for those who write them. */
export function TimingFields({ timing, timeZone, onTiming, onZone }: Props) {
  const id = useId();
  const set = (change: Partial<Timing>) => onTiming({ ...timing, ...change });
  const { rhythm } = timing;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field id={`${id}-rhythm`} title="How often">
        <select
          id={`${id}-rhythm`}
          value={rhythm}
          onChange={(event) => {
            const next = event.target.value as Rhythm;
            set(
              next === "own"
                ? { rhythm: next, own: cronOf(timing) }
                : { ...timingOf(cronOf({ ...timing, rhythm: next })), rhythm: next },
            );
          }}
          className={FIELD}
        >
          {RHYTHMS.map((name) => (
            <option key={name} value={name}>
              {RHYTHM_WORDS[name]}
            </option>
          ))}
        </select>
      </Field>
      {rhythm === "week" && (
        <Field id={`${id}-weekday`} title="On">
          <select
            id={`${id}-weekday`}
            value={timing.weekday}
            onChange={(event) => set({ weekday: Number(event.target.value) })}
            className={FIELD}
          >
            {[1, 2, 3, 4, 5, 6, 0].map((day) => (
              <option key={day} value={day}>
                {WEEKDAYS[day]}
              </option>
            ))}
          </select>
        </Field>
      )}
      {rhythm === "month" && (
        <Field id={`${id}-monthday`} title="On day" help="Up to 28, which every month has.">
          <input
            id={`${id}-monthday`}
            type="number"
            min={1}
            max={28}
            value={timing.monthday}
            onChange={(event) => set({ monthday: Math.min(28, Math.max(1, Number(event.target.value) || 1)) })}
            className={FIELD}
          />
        </Field>
      )}
      {rhythm === "own" ? (
        <Field id={`${id}-own`} title="Expression" help="Minute, hour, day of month, month, day of week.">
          <input
            id={`${id}-own`}
            value={timing.own}
            spellCheck={false}
            onChange={(event) => set({ own: event.target.value })}
            className={`${FIELD} font-mono`}
          />
        </Field>
      ) : (
        <Field
          id={`${id}-time`}
          title={rhythm === "hour" ? "Minutes past the hour" : "At"}
          help={rhythm === "hour" ? "Only the minutes count." : undefined}
        >
          <input
            id={`${id}-time`}
            type="time"
            value={timing.time}
            onChange={(event) => set({ time: event.target.value })}
            className={FIELD}
          />
        </Field>
      )}
      <Field id={`${id}-zone`} title="Time zone">
        <select id={`${id}-zone`} value={timeZone} onChange={(event) => onZone(event.target.value)} className={FIELD}>
          {zones().map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      </Field>
    </div>
  );
}
