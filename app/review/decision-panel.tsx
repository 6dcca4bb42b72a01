"use client";
import { Check, CornerUpLeft, Pencil, X } from "lucide-react";
import { type RefObject, useId, useState } from "react";
import type { Decision } from "#lib/client/review/answer-shape.ts";
import type { Asked, AskedPicture } from "#lib/client/review/asked.ts";
import { choicesFor, type Draft, markedPicture, togglePick } from "#lib/client/review/decide.ts";
import { count } from "#lib/client/words.ts";

const LOOKS = {
  approve: { Icon: Check, hint: "A", look: "bg-brand text-on-brand hover:brightness-110" },
  revise: { Icon: CornerUpLeft, hint: "R", look: "border border-line hover:bg-ink/8" },
  reject: { Icon: X, hint: "X", look: "border border-line text-fail hover:bg-fail/10" },
} as const;

/** What is said about the pictures: picks, notes, marks, and the buttons that decide. The keys are named where they work. */
export function DecisionPanel({
  asked,
  picture,
  draft,
  note,
  keys,
  refusal,
  onEdit,
  onDecide,
  onDraw,
}: {
  asked: Asked;
  picture?: AskedPicture;
  draft: Draft;
  /** The field of the notes, for the key that goes there. */
  note: RefObject<HTMLTextAreaElement | null>;
  keys: boolean;
  /** Why the last decision was not taken. */
  refusal?: string;
  onEdit(change: (draft: Draft) => Draft): void;
  /** Returns what is missing. */
  onDecide(decision: Decision): string | undefined;
  onDraw?(): void;
}) {
  const [missing, setMissing] = useState<string>();
  const id = useId();
  const { shape, pictures } = asked;
  const several = pictures.length > 1;
  const picked = picture !== undefined && draft.picks.includes(picture.place);
  const edit = (change: (draft: Draft) => Draft) => {
    setMissing(undefined);
    onEdit(change);
  };
  const decide = (decision: Decision) => {
    const why = onDecide(decision);
    setMissing(why);
    if (why !== undefined && decision === "revise" && !shape.noWayBack) note.current?.focus();
  };
  const said = missing ?? refusal;
  return (
    <section aria-label="Your decision" className="grid flex-none gap-2.5 border-line border-t bg-surface p-3">
      {several && shape.picks !== "none" && picture && (
        <button
          type="button"
          aria-pressed={picked}
          onClick={() => edit((now) => togglePick(now, picture.place))}
          className="flex min-h-11 items-center justify-center gap-2 rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8 aria-pressed:border-brand aria-pressed:text-brand"
        >
          <Check aria-hidden="true" className={`size-4 ${picked ? "" : "opacity-40"}`} />
          {picked ? "Picked" : "Pick this one"}
          {keys && <Key>Space</Key>}
        </button>
      )}
      {shape.notes && (
        <div className="grid gap-1.5">
          <label htmlFor={id} className="flex items-center justify-between text-soft text-xs">
            {shape.decisions.includes("revise") ? "What has to change" : "Notes"}
            {keys && shape.decisions.includes("revise") && !shape.noWayBack && (
              <span className="hidden lg:inline">Ctrl+Enter sends it back</span>
            )}
          </label>
          <textarea
            id={id}
            ref={note}
            rows={2}
            maxLength={8000}
            value={draft.notes}
            onChange={({ target: { value: notes } }) => edit((now) => ({ ...now, notes }))}
            onKeyDown={(event) => {
              if (event.key === "Escape") event.currentTarget.blur();
              if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              decide(shape.decisions.includes("revise") ? "revise" : "approve");
            }}
            placeholder="Warmer light, the logo a little larger …"
            className="field-sizing-content max-h-32 min-h-11 w-full resize-none rounded-lg border border-line bg-well px-3 py-2.5 text-base placeholder:text-soft sm:text-sm"
          />
        </div>
      )}
      {onDraw && markedPicture(asked, draft) && (
        <div className="flex items-center gap-2 text-xs">
          <button
            type="button"
            onClick={onDraw}
            className="inline-flex min-h-11 items-center gap-2 rounded-lg border border-line px-3 font-medium hover:bg-ink/8 sm:min-h-9"
          >
            <Pencil aria-hidden="true" className="size-3.5" />
            {draft.marks.length === 0 ? "Draw on the picture" : "Draw on"}
            {keys && <Key>D</Key>}
          </button>
          {draft.marks.length > 0 && (
            <>
              <span className="text-soft">{count(draft.marks.length, "mark")}</span>
              <button
                type="button"
                onClick={() => edit((now) => ({ ...now, marks: [] }))}
                className="min-h-11 px-1 text-soft underline hover:text-ink sm:min-h-9"
              >
                Remove
              </button>
            </>
          )}
        </div>
      )}
      {said !== undefined && (
        <p role="alert" className="text-hold text-xs">
          {said}
        </p>
      )}
      <div className="grid auto-cols-fr grid-flow-col gap-2">
        {choicesFor(asked, draft).map(({ decision, label, why }) => {
          const { Icon, hint, look } = LOOKS[decision];
          return (
            <button
              key={decision}
              type="button"
              aria-keyshortcuts={keys ? hint : undefined}
              title={why ?? (keys ? `${label} (${hint})` : label)}
              onClick={() => decide(decision)}
              className={`flex min-h-14 flex-col items-center justify-center gap-1 rounded-lg px-1 py-1.5 text-center font-medium text-[12.5px] leading-tight transition ${why ? "border border-line border-dashed text-soft" : look}`}
            >
              <span aria-hidden="true" className="flex items-center gap-1.5">
                <Icon className="size-4" />
                {keys && <Key>{hint}</Key>}
              </span>
              <span>{label}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}

const Key = ({ children }: { children: string }) => (
  <kbd className="hidden font-sans text-[11px] opacity-80 lg:block">{children}</kbd>
);
