"use client";
import { ArrowUp } from "lucide-react";
import { useState } from "react";
import type { SheetChoice } from "#lib/client/library/sheet-choice.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { Sheet } from "#lib/protocol/library.ts";
import { DiffView } from "../../../(pages)/sheets/_sheet/diff-view.tsx";
import { SMALL } from "../inspector/controls/control-props.ts";

/** A newer version than the one a node is pinned to: what it changes, and the step to it. */
export function SheetUpdate({ choice, onUpdate }: { choice: SheetChoice; onUpdate(): void }) {
  const [open, setOpen] = useState(false);
  const { ref, version, update } = choice;
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-hold/50 p-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="text-hold text-xs">
          Update available: {version} → {update}
        </p>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="min-h-7 text-soft text-xs underline underline-offset-4 hover:text-ink"
        >
          {open ? "Hide" : "See what changed"}
        </button>
        <button type="button" onClick={onUpdate} className={`${SMALL} ml-auto`}>
          <ArrowUp aria-hidden="true" className="size-3.5" />
          Update
        </button>
      </div>
      {open && <Difference id={ref.id} from={version ?? 1} to={update ?? 1} />}
    </div>
  );
}

function Difference({ id, from, to }: { id: string; from: number; to: number }) {
  const path = (version: number) => `/api/sheets/${encodeURIComponent(id)}?version=${version}`;
  const { value: older } = useLoaded<Sheet>(path(from));
  const { value: newer } = useLoaded<Sheet>(path(to));
  if (!older || !newer) return <p className="text-soft text-xs">Loading …</p>;
  return <DiffView older={older} newer={newer} label={`From version ${from} to version ${to}`} />;
}
