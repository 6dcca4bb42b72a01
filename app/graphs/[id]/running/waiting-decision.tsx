"use client";
import Link from "next/link";
import { useRef, useState } from "react";
import { ApiError, callApi, sayWhy } from "#lib/client/call-api.ts";
import type { Decision } from "#lib/client/review/answer-shape.ts";
import type { InboxAsked } from "#lib/client/review/asked.ts";
import { answerOf, choicesFor, type Draft, markedPicture, NO_DRAFT } from "#lib/client/review/decide.ts";
import { alreadyDecided } from "#lib/client/review/words.ts";
import type { Decided } from "#lib/protocol/reviews.ts";
import { TurnButton } from "../../../_ui/stage/turn-button.tsx";
import { DecisionPanel } from "../../../review/decision-panel.tsx";
import { DrawOver } from "../../../review/draw-over.tsx";
import { MarksOver } from "../../../review/marks-over.tsx";

/** Longest side of the picture in this small place, for sharp screens. */
const PREVIEW = 640;

/** A question about pictures, answered beside the graph as in the inbox: the picture, what is said of it, and the buttons that decide. */
export function WaitingDecision({ asked, title, refresh }: { asked: InboxAsked; title: string; refresh(): void }) {
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const [at, setAt] = useState(0);
  const [drawing, setDrawing] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [sending, setSending] = useState(false);
  const note = useRef<HTMLTextAreaElement>(null);
  const { pictures, review } = asked;
  const picture = pictures[at];
  const marked = markedPicture(asked, draft);
  const go = (by: 1 | -1) => setAt((now) => (now + by + pictures.length) % pictures.length);

  const decide = (decision: Decision): string | undefined => {
    const choice = choicesFor(asked, draft).find((one) => one.decision === decision);
    if (!choice || choice.why !== undefined || sending) return choice?.why;
    setSending(true);
    setRefusal(undefined);
    callApi(`/api/runs/${encodeURIComponent(review.runId)}/steps/${encodeURIComponent(review.stepKey)}/answer`, {
      body: answerOf(decision, asked, draft),
    })
      .then(refresh)
      .catch((error: unknown) => {
        setRefusal(why(error));
        // Somebody else may have been quicker: the run then tells more than an error does.
        if (error instanceof ApiError && error.status === 409) refresh();
      })
      .finally(() => setSending(false));
    return undefined;
  };
  return (
    <div className="overflow-hidden rounded-lg border border-wait/40 bg-surface">
      <div className="grid gap-1 px-3 py-2.5">
        <p className="flex items-baseline justify-between gap-2">
          <span className="truncate font-medium text-sm">{title}</span>
          <Link
            href={`/review?run=${encodeURIComponent(review.runId)}&step=${encodeURIComponent(review.stepKey)}`}
            className="flex-none text-soft underline underline-offset-4 hover:text-ink"
          >
            Open in the inbox
          </Link>
        </p>
        <p className="whitespace-pre-line text-soft">{asked.question}</p>
        {asked.texts.map((text) => (
          <blockquote key={text} className="whitespace-pre-line border-line border-l-2 pl-2">
            {text}
          </blockquote>
        ))}
      </div>
      {picture && (
        <div className="relative grid place-items-center bg-well">
          <div
            className="relative max-w-full"
            style={{
              width: `min(100%, calc(15rem * ${picture.width / picture.height}))`,
              aspectRatio: `${picture.width} / ${picture.height}`,
            }}
          >
            <img
              src={asked.address(picture.asset, PREVIEW)}
              alt={picture.label ?? `Picture ${at + 1} of ${pictures.length}`}
              draggable={false}
              className="size-full"
            />
            <MarksOver marks={picture === marked ? draft.marks : []} width={picture.width} height={picture.height} />
          </div>
          {pictures.length > 1 && (
            <>
              <TurnButton to="previous" onClick={() => go(-1)} />
              <TurnButton to="next" onClick={() => go(1)} />
              <p className="absolute right-2 bottom-2 rounded-md bg-surface/85 px-1.5 py-0.5 tabular-nums">
                {at + 1} of {pictures.length}
              </p>
            </>
          )}
        </div>
      )}
      <DecisionPanel
        asked={asked}
        picture={picture}
        draft={draft}
        note={note}
        keys={false}
        refusal={refusal}
        onEdit={(change) => setDraft(change)}
        onDecide={decide}
        onDraw={() => setDrawing(true)}
      />
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
    </div>
  );
}

function why(error: unknown): string {
  const decided = error instanceof ApiError ? (error.problem as { decided?: Decided } | undefined)?.decided : undefined;
  return error instanceof ApiError && error.status === 409
    ? alreadyDecided(decided, Date.now())
    : `Not taken: ${sayWhy(error)}`;
}
