import { type FoldedRun, foldEvents } from "../engine/fold.ts";
import { stepKey } from "../engine/step-key.ts";
import type { EventType, RunEvent } from "../protocol/events.ts";
import type { RunDocument, RunStatus } from "../protocol/run.ts";
import { type Connection, followStream, type StreamSource } from "./follow-stream.ts";

/** A picture on its way: the newest preview of one place of a step. */
export type PartialPicture = { item: number; slot: number; index: number; url: string };

/** A run as a screen shows it: its last document, and on top of it what the events since then tell. */
export type RunView = {
  document: RunDocument;
  live: FoldedRun;
  /** By step key, until the step settles. */
  partials: ReadonlyMap<string, readonly PartialPicture[]>;
  connection: Connection;
};

/** What watching needs from the browser; a test hands in another one. */
export type RunSource = StreamSource<RunEvent> & { load(): Promise<RunDocument> };

/** States in which nothing happens by itself. */
export const RESTING: ReadonlySet<RunStatus> = new Set<RunStatus>(["succeeded", "failed", "cancelled", "paused"]);

/** Events after which the document holds more than the events say: outputs, prompts, costs. */
const TELLS_MORE: ReadonlySet<EventType> = new Set<EventType>([
  "step.done",
  "step.cached",
  "step.failed",
  "step.waiting",
  "call.settled",
  "run.waiting",
  "run.ended",
]);
const RELOAD_MS = 150;

/**
 * Keeps a view of a run up to date: the document, then its events from exactly there on, reopened when the connection breaks. Events are
 * shown at once; the document is fetched again a moment later when it has more to tell. No event is lost in between: those that are newer
 * than a fetched document are folded onto it.
 */
export function watchRun(source: RunSource, on: { view(view: RunView): void; failed(error: unknown): void }) {
  let document: RunDocument | undefined;
  let recent: RunEvent[] = [];
  let partials = new Map<string, readonly PartialPicture[]>();
  let closed = false;

  const live = (doc: RunDocument): FoldedRun => foldEvents(recent, asFolded(doc));
  const show = () => {
    if (document && !closed) on.view({ document, live: live(document), partials, connection: following.connection });
  };
  const take = (event: RunEvent) => {
    const key = "nodeId" in event ? stepKey(event.nodeId, event.pass) : undefined;
    if (event.type === "step.partial" && key !== undefined) {
      const others = (partials.get(key) ?? []).filter((p) => p.item !== event.item || p.slot !== event.slot);
      partials = new Map(partials).set(key, [...others, event]);
    } else {
      recent.push(event);
      if (TELLS_MORE.has(event.type)) following.soon(RELOAD_MS);
      if (event.type === "run.ended") following.end();
    }
    show();
  };

  const refresh = async (): Promise<void> => {
    try {
      const fetched = await source.load();
      if (closed) return;
      if (!document || fetched.seq >= document.seq) document = fetched;
      const { seq } = document;
      recent = recent.filter((event) => (event.seq ?? 0) > seq);
      const state = live(document);
      for (const key of partials.keys()) if (state.steps.get(key)?.state !== "running") partials.delete(key);
      if (RESTING.has(state.status)) following.rest();
      else if (!following.isOpen) following.open(state.seq);
      show();
    } catch (error) {
      if (closed) return;
      on.failed(error);
      if (document) following.soon();
    }
  };

  const following = followStream(source, { event: take, show, refresh });
  void refresh();
  return {
    refresh,
    close() {
      closed = true;
      following.close();
    },
  };
}

const asFolded = (doc: RunDocument): FoldedRun => ({
  status: doc.status,
  reason: doc.reason,
  error: doc.error,
  steps: new Map(doc.steps.map((step) => [stepKey(step.nodeId, step.pass), step])),
  calls: new Map(doc.calls.map((call) => [call.key, call])),
  costUsd: doc.costUsd,
  startedAt: doc.startedAt,
  endedAt: doc.endedAt,
  seq: doc.seq,
});
