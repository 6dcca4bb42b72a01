"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { schedulesPath } from "#lib/client/ways-in/ways-in-server.ts";
import type { ScheduleList } from "#lib/protocol/schedules.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Notice } from "../../../../_ui/notice.tsx";
import { Part } from "./part.tsx";
import { ScheduleCard } from "./schedule-card.tsx";
import { ScheduleForm } from "./schedule-form.tsx";

/** Runs at set times. */
export function SchedulePart({ template }: { template: Template }) {
  const { value, error, reload } = useLoaded<ScheduleList>(schedulesPath(template.id));
  const [adding, setAdding] = useState(false);
  return (
    <Part
      title="Schedules"
      says="Runs at set times, each of them once: restarts, a second process and the change to summer time make no difference. They fire while this server runs."
    >
      {error !== undefined && <Notice tone="fail" title={sayWhy(error)} />}
      {value?.schedules.map((schedule) => (
        <ScheduleCard key={schedule.id} schedule={schedule} template={template} onChanged={reload} />
      ))}
      {adding ? (
        <ScheduleForm
          template={template}
          onSaved={() => {
            setAdding(false);
            reload();
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" className="size-4" />
            Add a schedule
          </Button>
          {value?.schedules.length === 0 && <p className="text-sm text-soft">Nothing runs by itself.</p>}
        </div>
      )}
    </Part>
  );
}
