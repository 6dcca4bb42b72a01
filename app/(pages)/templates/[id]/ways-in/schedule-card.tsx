"use client";
import Link from "next/link";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { momentIn, timingWords } from "#lib/client/ways-in/rhythm.ts";
import { changeSchedule, removeSchedule } from "#lib/client/ways-in/ways-in-server.ts";
import type { ScheduleView } from "#lib/protocol/schedules.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { StatePill } from "../../../../_ui/state-pill.tsx";
import { Quiet, Switch } from "./controls.tsx";
import { NextTimes } from "./next-times.tsx";
import { ScheduleForm } from "./schedule-form.tsx";

/** One schedule: when it is due, and what became of the last time. */
export function ScheduleCard(props: { schedule: ScheduleView; template: Template; onChanged(): void }) {
  const { schedule, template, onChanged } = props;
  const [mode, setMode] = useState<"edit" | "remove">();
  const [error, setError] = useState<string>();
  const act = async (work: () => Promise<unknown>) => {
    setError(undefined);
    try {
      await work();
      setMode(undefined);
      onChanged();
    } catch (failed) {
      setError(sayWhy(failed));
    }
  };
  const { id, name, cron, timeZone, enabled, next, last } = schedule;
  if (mode === "edit")
    return (
      <ScheduleForm
        template={template}
        schedule={schedule}
        onSaved={() => {
          setMode(undefined);
          onChanged();
        }}
        onCancel={() => setMode(undefined)}
      />
    );
  return (
    <article aria-label={name} className="rounded-xl border border-line bg-surface">
      <div className="flex items-start justify-between gap-4 py-3 pr-2 pl-4">
        <div className="min-w-0">
          <h3 className="font-medium">{name}</h3>
          <p className="text-sm text-soft">{timingWords(cron, timeZone)}</p>
        </div>
        <Switch
          label={`${name} is on`}
          on={enabled}
          onChange={(on) => act(() => changeSchedule(id, { enabled: on }))}
        />
      </div>
      {enabled && (
        <div className="px-4 pb-3">
          <NextTimes next={next} timeZone={timeZone} />
        </div>
      )}
      {last && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-4 py-2 text-sm">
          <span className="text-soft">Last {momentIn(last.at, timeZone)}</span>
          {last.status && <StatePill state={last.status} />}
          {last.error && <span className="text-fail">{last.error}</span>}
          {last.runId && (
            <Link href={`/runs/${last.runId}`} className="underline underline-offset-2">
              Run
            </Link>
          )}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-1 border-line border-t px-2 py-1.5">
        {mode === "remove" ? (
          <>
            <span className="px-2 text-sm">Its runs stay.</span>
            <Quiet onClick={() => act(() => removeSchedule(id))}>Remove it</Quiet>
            <Quiet onClick={() => setMode(undefined)}>Keep it</Quiet>
          </>
        ) : (
          <>
            <Quiet onClick={() => setMode("edit")}>Edit</Quiet>
            <Quiet onClick={() => setMode("remove")}>Remove</Quiet>
          </>
        )}
        {error && (
          <p role="alert" className="px-2 text-fail text-sm">
            {error}
          </p>
        )}
      </div>
    </article>
  );
}
