"use client";
import { type ComponentProps, type ReactNode, useState } from "react";
import { BarButton } from "./controls.tsx";
import { DiscardBar } from "./discard-bar.tsx";
import { FullDialog } from "./full-dialog.tsx";
import type { StageView } from "./stage-view.ts";
import { ZoomButtons } from "./zoom-buttons.tsx";

/**
 * A full-screen dialog something is made in: tools, a stage, settings beside it. Cancel and Escape ask before they throw work away, Done keeps it.
 */
export function WorkDialog({
  title,
  status,
  keys,
  onHold,
  view,
  work,
  changed,
  more,
  canKeep = true,
  onDone,
  onClose,
  tools,
  stage,
  panel,
}: Pick<ComponentProps<typeof FullDialog>, "title" | "status" | "keys" | "onHold" | "onClose"> & {
  view: StageView;
  /** What would be lost, in words: "what you drew". */
  work: string;
  changed: boolean;
  /** Further buttons of the header. */
  more?: ReactNode;
  canKeep?: boolean;
  onDone(): void;
  tools: ReactNode;
  stage: ReactNode;
  panel?: ReactNode;
}) {
  const [asking, setAsking] = useState(false);
  const cancel = () => (changed ? setAsking(true) : onClose());
  return (
    <FullDialog
      title={title}
      status={status}
      keys={keys}
      onHold={onHold}
      onClose={cancel}
      actions={
        <>
          {more}
          <BarButton onClick={cancel}>Cancel</BarButton>
          <BarButton first disabled={!canKeep} onClick={onDone}>
            Done
          </BarButton>
        </>
      }
    >
      {asking && <DiscardBar what={work} onKeep={() => setAsking(false)} onDiscard={onClose} />}
      <div className="flex min-h-0 flex-1 flex-col sm:flex-row">
        {tools}
        <div className="relative flex min-h-0 min-w-0 flex-1">
          {stage}
          <ZoomButtons view={view} />
        </div>
        {panel}
      </div>
    </FullDialog>
  );
}
