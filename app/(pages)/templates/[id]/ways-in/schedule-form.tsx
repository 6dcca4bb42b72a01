"use client";
import { useId, useState } from "react";
import { askedGroups } from "#lib/client/templates/form-fields.ts";
import { type FormValues, faultsOf, inputsOf, valuesFrom } from "#lib/client/templates/form-values.ts";
import { type Told, toldProblems } from "#lib/client/templates/told-problems.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { cronOf, type Timing, timingOf, USUAL } from "#lib/client/ways-in/rhythm.ts";
import { usdIn } from "#lib/client/ways-in/usd-field.ts";
import { changeSchedule, makeSchedule, type NextTimes as Next, nextPath } from "#lib/client/ways-in/ways-in-server.ts";
import type { ScheduleView } from "#lib/protocol/schedules.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { Button } from "../../../../_ui/button.tsx";
import { FormView } from "../../_form/form-view.tsx";
import { NextTimes } from "./next-times.tsx";
import { FIELD, Field } from "./part.tsx";
import { TimingFields } from "./timing-fields.tsx";

type Props = { template: Template; schedule?: ScheduleView; onSaved(): void; onCancel(): void };

/** When, in which zone, with which inputs, and what becomes of missed times. */
export function ScheduleForm({ template, schedule, onSaved, onCancel }: Props) {
  const id = useId();
  const groups = askedGroups(template.inputs, template.form);
  const [name, setName] = useState(schedule?.name ?? "");
  const [timing, setTiming] = useState<Timing>(() => (schedule ? timingOf(schedule.cron) : USUAL));
  const [timeZone, setTimeZone] = useState(
    () => schedule?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
  );
  const [missed, setMissed] = useState(schedule?.missed ?? "once");
  const [budget, setBudget] = useState(schedule?.budgetUsd?.toString() ?? "");
  const [values, setValues] = useState<FormValues>(() => valuesFrom(groups, schedule?.inputs));
  const [told, setTold] = useState<Told>({ fields: new Map() });
  const [busy, setBusy] = useState(false);
  const cron = cronOf(timing);
  const { value: next } = useLoaded<Next>(nextPath(cron, timeZone));
  const budgetUsd = usdIn(budget);

  const save = async () => {
    const faults = faultsOf(groups, values);
    if (faults.size > 0 || budgetUsd === undefined) return setTold({ fields: faults });
    setBusy(true);
    const inputs = inputsOf(groups, values);
    const wish = {
      name: name.trim() || "Schedule",
      cron,
      timeZone,
      missed,
      inputs,
      ...(budgetUsd === null ? {} : { budgetUsd }),
    };
    try {
      await (schedule ? changeSchedule(schedule.id, wish) : makeSchedule({ ...wish, templateId: template.id }));
      onSaved();
    } catch (error) {
      setTold(toldProblems(error, groups));
      setBusy(false);
    }
  };
  return (
    <form
      aria-label={schedule ? `Edit ${schedule.name}` : "New schedule"}
      className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field id={`${id}-name`} title="Name">
        <input
          id={`${id}-name`}
          value={name}
          maxLength={100}
          placeholder="Monday's picture"
          onChange={(event) => setName(event.target.value)}
          className={FIELD}
        />
      </Field>
      <TimingFields timing={timing} timeZone={timeZone} onTiming={setTiming} onZone={setTimeZone} />
      <div aria-live="polite">
        {next?.problem ? (
          <p className="text-fail text-sm">{next.problem}</p>
        ) : (
          <NextTimes next={next?.next ?? []} timeZone={timeZone} />
        )}
      </div>
      {groups.length > 0 && (
        <div className="flex flex-col gap-5 border-line border-t pt-4">
          <FormView
            groups={groups}
            values={values}
            faults={told.fields}
            idPrefix={id}
            onChange={(key, value) => setValues((before) => ({ ...before, [key]: value }))}
          />
        </div>
      )}
      <div className="grid gap-4 border-line border-t pt-4 sm:grid-cols-2">
        <Field id={`${id}-missed`} title="When nobody was there">
          <select
            id={`${id}-missed`}
            value={missed}
            onChange={(event) => setMissed(event.target.value as "once" | "skip")}
            className={FIELD}
          >
            <option value="once">Run once for all missed times</option>
            <option value="skip">Leave missed times out</option>
          </select>
        </Field>
        <Field
          id={`${id}-budget`}
          title="Most for one run, USD"
          help="Left empty: the studio's own cap."
          fault={budgetUsd === undefined ? "Write an amount, like 2.50." : undefined}
        >
          <input
            id={`${id}-budget`}
            inputMode="decimal"
            value={budget}
            onChange={(event) => setBudget(event.target.value)}
            className={FIELD}
          />
        </Field>
      </div>
      {told.form && (
        <p role="alert" className="text-fail text-sm">
          {told.form}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="first" disabled={busy || next?.problem !== undefined}>
          {schedule ? "Save" : "Start the schedule"}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
