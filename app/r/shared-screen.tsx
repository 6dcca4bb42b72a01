"use client";
import { useRef, useState } from "react";
import { ApiError, sayWhy } from "#lib/client/call-api.ts";
import type { Decision } from "#lib/client/review/answer-shape.ts";
import type { Asked } from "#lib/client/review/asked.ts";
import { answerOf, choicesFor, type Draft, markedPicture, NO_DRAFT } from "#lib/client/review/decide.ts";
import { useShared } from "#lib/client/review/use-shared.ts";
import { timeLeft } from "#lib/client/review/words.ts";
import type { SharedReview } from "#lib/protocol/reviews.ts";
import { Mark } from "../_ui/mark.tsx";
import { DecisionPanel } from "../review/decision-panel.tsx";
import { DrawOver } from "../review/draw-over.tsx";
import { Modal } from "../review/modal.tsx";
import { ShownPicture } from "../review/shown-picture.tsx";
import { Strip } from "../review/strip.tsx";

/** A question as a colleague without an account sees it. */
export function SharedScreen() {
  const { asked, shared, over, error, answer } = useShared();
  const [sent, setSent] = useState(false);
  return (
    <div className="always-dark flex h-dvh flex-col bg-canvas text-ink">
      {sent ? (
        <Said title="Thank you, your decision was sent.">You can close this page: the link is used up.</Said>
      ) : over ? (
        <Said title="This link is not good.">
          It was used or withdrawn, it has run out, or somebody else decided meanwhile. Ask the person who sent it for
          another one.
        </Said>
      ) : asked && shared ? (
        <Question asked={asked} shared={shared} onAnswer={answer} onSent={() => setSent(true)} />
      ) : (
        <main className="grid flex-1 place-content-center p-6 text-soft">
          <p role={error === undefined ? undefined : "alert"}>
            {error === undefined ? "Opening …" : error instanceof ApiError ? error.message : sayWhy(error)}
          </p>
        </main>
      )}
    </div>
  );
}

const Said = ({ title, children }: { title: string; children: string }) => (
  <main className="grid flex-1 place-content-center justify-items-center gap-3 p-6 text-center">
    <Mark />
    <h1 className="font-medium text-lg">{title}</h1>
    <p className="max-w-sm text-soft text-sm">{children}</p>
  </main>
);

function Question({
  asked,
  shared,
  onAnswer,
  onSent,
}: {
  asked: Asked;
  shared: SharedReview;
  onAnswer(answer: unknown): Promise<void>;
  onSent(): void;
}) {
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const [index, setIndex] = useState(0);
  const [whole, setWhole] = useState(true);
  const [drawing, setDrawing] = useState(false);
  const [asking, setAsking] = useState<Decision>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const note = useRef<HTMLTextAreaElement>(null);
  const { pictures } = asked;
  const picture = pictures[Math.min(index, pictures.length - 1)];
  const marked = markedPicture(asked, draft);
  const label = choicesFor(asked, draft).find(({ decision }) => decision === asking)?.label ?? "";
  const go = (by: 1 | -1) => {
    setWhole(true);
    setIndex((now) => Math.min(pictures.length - 1, Math.max(0, now + by)));
  };
  const send = async (decision: Decision) => {
    setBusy(true);
    try {
      await onAnswer(answerOf(decision, asked, draft));
      onSent();
    } catch (error) {
      setRefusal(error instanceof ApiError ? error.message : sayWhy(error));
    }
    setBusy(false);
    setAsking(undefined);
  };
  return (
    <main className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <section aria-label="Picture" className="relative flex min-h-[40dvh] min-w-0 flex-1 flex-col">
        {picture && (
          <ShownPicture
            asked={asked}
            picture={picture}
            name={picture.label ?? `Picture ${index + 1} of ${pictures.length}`}
            lines={[]}
            marks={picture === marked ? draft.marks : []}
            whole={whole}
            onWhole={setWhole}
            onGo={pictures.length > 1 ? go : undefined}
          />
        )}
        <Strip
          queue={[asked]}
          at={{ key: asked.key, picture: index }}
          draftOf={() => draft}
          onShow={(_key, at) => setIndex(at)}
        />
      </section>
      <aside
        aria-label="Question"
        className="flex max-h-[52dvh] min-h-0 flex-none flex-col border-line border-t lg:max-h-none lg:w-88 lg:border-t-0 lg:border-l"
      >
        <div className="grid min-h-0 flex-1 content-start gap-3 overflow-y-auto p-3 lg:p-4">
          <p className="flex items-center gap-2 text-soft text-xs">
            <Mark />
            {shared.name === undefined ? "You are asked" : `${shared.name}, you are asked`}
            {asked.simulated && " · simulated pictures"}
          </p>
          <h1 className="whitespace-pre-line font-semibold text-lg leading-7">{asked.question}</h1>
          {asked.texts.map((text) => (
            <blockquote key={text} className="whitespace-pre-line border-line border-l-2 pl-3 text-sm">
              {text}
            </blockquote>
          ))}
          <p className="text-soft text-xs">
            {pictures.length > 1 && `Picture ${index + 1} of ${pictures.length}. `}
            {`You decide once; the link ends ${timeLeft(Math.min(shared.expiresAt, asked.dueAt ?? shared.expiresAt), Date.now())}.`}
          </p>
        </div>
        <DecisionPanel
          asked={asked}
          picture={picture}
          draft={draft}
          note={note}
          keys={false}
          refusal={refusal}
          onEdit={(change) => {
            setRefusal(undefined);
            setDraft(change);
          }}
          onDecide={(decision) => {
            const why = choicesFor(asked, draft).find((choice) => choice.decision === decision)?.why;
            if (why === undefined) setAsking(decision);
            return why;
          }}
          onDraw={() => setDrawing(true)}
        />
      </aside>
      {asking && (
        <Modal title={`${label}?`} onClose={() => setAsking(undefined)}>
          <p className="text-soft text-sm">This is sent at once and cannot be taken back.</p>
          <div className="flex justify-end gap-2">
            <button
              type="button"
              onClick={() => setAsking(undefined)}
              className="min-h-11 rounded-lg border border-line px-4 font-medium text-sm hover:bg-ink/8"
            >
              Not yet
            </button>
            <button
              type="button"
              disabled={busy}
              onClick={() => send(asking)}
              className="min-h-11 rounded-lg bg-brand px-4 font-medium text-on-brand text-sm hover:brightness-110 disabled:opacity-60"
            >
              Yes, send it
            </button>
          </div>
        </Modal>
      )}
      {drawing && marked && (
        <DrawOver
          asked={asked}
          picture={marked}
          start={draft.marks}
          onClose={() => setDrawing(false)}
          onDone={(marks) => {
            setDraft((now) => ({ ...now, marks }));
            setDrawing(false);
          }}
        />
      )}
    </main>
  );
}
