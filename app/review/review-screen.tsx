"use client";
import { Keyboard, Share2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import type { InboxAsked } from "#lib/client/review/asked.ts";
import { markedPicture } from "#lib/client/review/decide.ts";
import type { Desk, DeskState } from "#lib/client/review/desk.ts";
import { triageAction } from "#lib/client/review/triage-keys.ts";
import { useDesk } from "#lib/client/review/use-desk.ts";
import { verdictOn } from "#lib/client/review/verdict-lines.ts";
import { alreadyDecided } from "#lib/client/review/words.ts";
import { TopBar } from "../_ui/top-bar.tsx";
import { isTyping } from "../graphs/[id]/habits/key-place.ts";
import { Facts, Story, VerdictLines } from "./about-picture.tsx";
import { AskedHead } from "./asked-head.tsx";
import { DecisionPanel } from "./decision-panel.tsx";
import { DrawOver } from "./draw-over.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { NothingWaits } from "./nothing-waits.tsx";
import { PendingBar } from "./pending-bar.tsx";
import { ShareDialog } from "./share-dialog.tsx";
import { ShownPicture } from "./shown-picture.tsx";
import { Stars } from "./stars.tsx";
import { Strip } from "./strip.tsx";
import "./review.css";

/** Everything that waits for a person: one picture after the other on near-black, decided by a key or a finger. */
export function ReviewScreen({ runId, stepKey }: { runId?: string; stepKey?: string }) {
  const { desk, state } = useDesk({ runId, stepKey });
  const asked = state.queue.find(({ key }) => key === state.at?.key);
  useUndoKey(desk, asked === undefined);
  return (
    <div className="always-dark flex h-dvh flex-col bg-canvas text-ink">
      <TopBar />
      <h1 className="sr-only">Review</h1>
      <p aria-live="polite" className="sr-only">
        {state.said}
      </p>
      <main id="main" className="relative flex min-h-0 flex-1 flex-col">
        {asked ? (
          <Desktop desk={desk} state={state} asked={asked} />
        ) : state.loaded && state.error === undefined ? (
          <NothingWaits />
        ) : (
          <p
            role={state.error === undefined ? undefined : "alert"}
            className="grid flex-1 place-content-center p-6 text-soft"
          >
            {state.error === undefined ? "Looking …" : sayWhy(state.error)}
          </p>
        )}
        {!asked && <PendingBar pending={state.pending} onUndo={(key) => desk.undo(key)} />}
      </main>
    </div>
  );
}

/** The last decision can be taken back by its key also when nothing is left to look at. */
function useUndoKey(desk: Desk, on: boolean) {
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      const place = { typing: isTyping(event.target), dialog: false, control: false };
      if (triageAction(event, place)?.do === "undo") desk.undo();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [desk, on]);
}

function Desktop({ desk, state, asked }: { desk: Desk; state: DeskState; asked: InboxAsked }) {
  const index = Math.min(state.at?.picture ?? 0, Math.max(0, asked.pictures.length - 1));
  const picture = asked.pictures[index];
  const draft = desk.draftOf(asked.key);
  const note = useRef<HTMLTextAreaElement>(null);
  const [boxes, setBoxes] = useState(true);
  const [whole, setWhole] = useState(true);
  const [open, setOpen] = useState<"share" | "draw" | "help">();
  const [missing, setMissing] = useState<string>();
  const { verdict, lines } = verdictOn(picture?.value);
  const marked = markedPicture(asked, draft);
  const gone = state.gone.has(asked.key);
  const refused = state.refused.get(asked.key);
  const place = `${asked.key} ${index}`;
  // Each picture begins whole, with nothing said of the one before.
  useEffect(() => {
    setWhole(true);
    setMissing(undefined);
    setOpen(undefined);
  }, [place]);
  useEffect(() => {
    // The next picture is there when it is wanted.
    const next = asked.pictures[index + 1] ?? state.queue[state.queue.indexOf(asked) + 1]?.pictures[0];
    if (next) new Image().src = asked.address(next.asset, 2048);
  }, [asked, index, state.queue]);

  const act = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const action = triageAction(event, {
      typing: isTyping(event.target),
      dialog: document.querySelector("dialog[open]") !== null,
      control: target?.closest("button, a[href], summary, input, select") != null,
    });
    if (!action) return;
    event.preventDefault();
    if (action.do === "next") desk.go(1);
    else if (action.do === "previous") desk.go(-1);
    else if (action.do === "pick") desk.pick();
    else if (action.do === "undo") desk.undo();
    else if (action.do === "boxes") setBoxes(!boxes);
    else if (action.do === "zoom") setWhole(!whole);
    else if (action.do === "draw") setOpen("draw");
    else if (action.do === "help") setOpen("help");
    else if (action.do === "note") note.current?.focus();
    else if (action.do === "stars") desk.star(action.stars);
    else if (action.do === "decide") setMissing(desk.decide(action.decision));
  };
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const press = (event: KeyboardEvent) => latest.current(event);
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);

  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <section aria-label="Picture" className="relative flex min-h-[40dvh] min-w-0 flex-1 flex-col">
        {picture && (
          <ShownPicture
            asked={asked}
            picture={picture}
            name={picture.label ?? `Picture ${index + 1} of ${asked.pictures.length}`}
            lines={boxes ? lines : []}
            marks={picture === marked ? draft.marks : []}
            whole={whole}
            onWhole={setWhole}
            onGo={(by) => desk.go(by)}
          />
        )}
        <div className="relative">
          <PendingBar pending={state.pending} onUndo={(key) => desk.undo(key)} />
        </div>
        <Strip queue={state.queue} at={state.at} draftOf={desk.draftOf} onShow={(key, at) => desk.show(key, at)} />
      </section>
      <aside
        aria-label="Question"
        className="flex max-h-[52dvh] min-h-0 flex-none flex-col border-line border-t lg:max-h-none lg:w-88 lg:border-t-0 lg:border-l"
      >
        <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-3 lg:p-4">
          {gone && (
            <p
              role="status"
              className="rounded-lg border border-line border-l-4 border-l-wait bg-surface px-3 py-2 text-sm"
            >
              {alreadyDecided(state.gone.get(asked.key), Date.now())}
            </p>
          )}
          <div className="flex items-center justify-between gap-2 text-soft text-xs tabular-nums">
            <p>
              {state.total === 1 ? "1 question" : `${state.total} questions`}
              {asked.pictures.length > 1 && ` · picture ${index + 1} of ${asked.pictures.length}`}
            </p>
            <button
              type="button"
              aria-label="Keys"
              title="Keys (?)"
              onClick={() => setOpen("help")}
              className="-my-2 -mr-2 hidden size-9 place-items-center rounded-md hover:text-ink lg:grid"
            >
              <Keyboard aria-hidden="true" className="size-5" />
            </button>
          </div>
          <AskedHead asked={asked} />
          {asked.texts.map((text) => (
            <blockquote key={text} className="whitespace-pre-line border-line border-l-2 pl-3 text-sm">
              {text}
            </blockquote>
          ))}
          <div className="flex items-center justify-between gap-2">
            {picture && <Stars given={asked.review.stars[picture.asset] ?? 0} onGive={(stars) => desk.star(stars)} />}
            {!gone && (
              <button
                type="button"
                onClick={() => setOpen("share")}
                className="inline-flex min-h-11 flex-none items-center gap-1.5 rounded-lg border border-line px-2.5 font-medium text-xs hover:bg-ink/8 lg:min-h-9"
              >
                <Share2 aria-hidden="true" className="size-3.5" />
                Ask a colleague
              </button>
            )}
          </div>
          {verdict && <VerdictLines verdict={verdict} lines={lines} />}
          {picture && <Story picture={picture} address={asked.address} />}
          {picture && <Facts picture={picture} />}
        </div>
        {asked.shape.foreign ? (
          <p className="border-line border-t p-3 text-soft text-sm">
            This question wants an answer of another shape. Answer it with{" "}
            <code className="text-ink">{`npx throughline answer ${asked.review.runId} ${asked.review.stepKey} --answer FILE.json`}</code>
            .
          </p>
        ) : (
          !gone && (
            <DecisionPanel
              key={asked.key}
              asked={asked}
              picture={picture}
              draft={draft}
              note={note}
              keys
              refusal={missing ?? (refused === undefined ? undefined : `Not taken: ${sayWhy(refused)}`)}
              onEdit={(change) => desk.edit(asked.key, change)}
              onDecide={(decision) => desk.decide(decision)}
              onDraw={() => setOpen("draw")}
            />
          )
        )}
      </aside>
      {open === "share" && <ShareDialog review={asked.review} onClose={() => setOpen(undefined)} />}
      {open === "help" && <KeysHelp onClose={() => setOpen(undefined)} />}
      {open === "draw" && marked && !gone && (
        <DrawOver
          asked={asked}
          picture={marked}
          start={draft.marks}
          onClose={() => setOpen(undefined)}
          onDone={(marks) => {
            desk.edit(asked.key, (now) => ({ ...now, marks }));
            setOpen(undefined);
          }}
        />
      )}
    </div>
  );
}
