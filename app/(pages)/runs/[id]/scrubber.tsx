"use client";
import { ChevronFirst, ChevronLast, Pause, Play, Rewind } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { eventWords, titlesOf, viewAt } from "#lib/client/replay.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { count, usd } from "#lib/client/words.ts";
import { useReplay } from "./use-replay.ts";

/** A whole run is played in about this time, within bounds for one event (ms). */
const WHOLE_MS = 15_000;
const [FASTEST, SLOWEST] = [60, 500];

/** Goes through the events of a run and shows the graph as it was after each; at the end it is what it is now. */
export function Scrubber({ view, onShow }: { view: RunView; onShow(then: RunView | undefined): void }) {
  const [open, setOpen] = useState(false);
  const replay = useReplay(view.document.runId, open);
  const [at, setAt] = useState<number>();
  const [playing, setPlaying] = useState(false);
  const last = replay?.events.length ?? 0;
  const place = Math.min(at ?? last, last);
  const now = place >= last;
  const then = useMemo(() => (replay && !now ? viewAt(view, replay, place) : undefined), [view, replay, place, now]);
  useEffect(() => onShow(then), [then, onShow]);
  useEffect(() => {
    if (!playing || last === 0) return;
    const step = Math.min(SLOWEST, Math.max(FASTEST, WHOLE_MS / last));
    const timer = setInterval(() => setAt((old = last) => Math.min(last, old + 1)), step);
    return () => clearInterval(timer);
  }, [playing, last]);
  useEffect(() => {
    if (playing && now) setPlaying(false);
  }, [playing, now]);

  if (!open)
    return (
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="inline-flex min-h-9 items-center gap-1.5 self-start rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8"
      >
        <Rewind aria-hidden="true" className="size-4" />
        Replay
      </button>
    );
  const event = replay?.events[place - 1];
  const titleOf = titlesOf(view.document);
  const words = event ? eventWords(event, titleOf) : "Before it began";
  const play = () => {
    if (now) setAt(0);
    setPlaying(!playing);
  };
  const go = (to: number) => () => {
    setPlaying(false);
    setAt(to);
  };
  return (
    <section
      aria-label="Replay"
      className="flex flex-col gap-1 rounded-xl border border-line bg-surface px-3 py-2 text-xs"
    >
      <div className="flex items-center gap-1.5">
        <Small name="To the beginning" Icon={ChevronFirst} onClick={go(0)} />
        <Small name={playing ? "Pause" : "Play"} Icon={playing ? Pause : Play} onClick={play} />
        <input
          type="range"
          min={0}
          max={last}
          step={1}
          value={place}
          aria-label="Moment of the run"
          aria-valuetext={`${place} of ${last}: ${words}`}
          // It is what one wants to move, once it is asked for.
          ref={(slider) => {
            if (slider && at === undefined && !slider.dataset.met) {
              slider.dataset.met = "yes";
              slider.focus();
            }
          }}
          onChange={({ target }) => go(Number(target.value))()}
          className="h-9 min-w-0 flex-1 accent-brand"
        />
        <Small name="To now" Icon={ChevronLast} onClick={go(last)} />
      </div>
      <p className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 px-1 text-soft tabular-nums">
        <span className="min-w-0 text-ink">{replay ? words : "Loading …"}</span>
        <span>
          {event && `${timeOf(event.at)} · `}
          {then && `${usd(then.live.costUsd)} · `}
          {place} of {count(last, "event")}
        </span>
      </p>
    </section>
  );
}

const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

const Small = ({ name, Icon, onClick }: { name: string; Icon: typeof Play; onClick(): void }) => (
  <button
    type="button"
    aria-label={name}
    title={name}
    onClick={onClick}
    className="grid size-9 flex-none place-items-center rounded-lg text-soft hover:bg-ink/8 hover:text-ink"
  >
    <Icon aria-hidden="true" className="size-4" />
  </button>
);
