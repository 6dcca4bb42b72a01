import { Check, ChevronRight, CornerDownRight, X } from "lucide-react";
import type { AskedPicture } from "#lib/client/review/asked.ts";
import type { VerdictLine } from "#lib/client/review/verdict-lines.ts";
import { decisionWord } from "#lib/client/review/words.ts";
import type { VerdictValue } from "#lib/protocol/values.ts";
import { PictureFacts } from "../graphs/[id]/paint/picture-facts.tsx";

const percent = (score: number): string => `${Math.round(score * 100)} %`;

/** The passes before this one: each picture with what was said of it, and this one last. */
export function Story({ picture, address }: { picture: AskedPicture; address(asset: string, width: number): string }) {
  if (picture.earlier.length === 0) return null;
  return (
    <section aria-label="Earlier passes" className="grid gap-2">
      <h3 className="font-semibold text-soft text-xs">Earlier passes</h3>
      <ol className="grid gap-2">
        {picture.earlier.map(({ pass, pictures, decision, notes }) => (
          <li key={pass} className="flex gap-2.5 rounded-lg bg-well p-2">
            {pictures.slice(0, 1).map(({ asset }) => (
              <img
                key={asset}
                src={address(asset, 320)}
                alt={`Pass ${pass + 1}`}
                loading="lazy"
                className="h-16 w-20 flex-none rounded-md object-cover"
              />
            ))}
            <div className="min-w-0 text-xs leading-5">
              <p className="text-soft">
                Pass {pass + 1}
                {decision && ` · ${decisionWord({ decision })}`}
              </p>
              {notes && (
                <p className="flex gap-1 break-words">
                  <CornerDownRight aria-hidden="true" className="mt-1 size-3 flex-none text-brand" />
                  <span className="min-w-0">{notes}</span>
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What the last gate found: what failed first, each line with its reason and the number of its box. */
export function VerdictLines({ verdict, lines }: { verdict: VerdictValue; lines: readonly VerdictLine[] }) {
  return (
    <section aria-label="Verdict" className="grid gap-2">
      <h3 className="flex items-center justify-between gap-2 font-semibold text-soft text-xs">
        Verdict
        <span className={`tabular-nums ${verdict.passed ? "text-done" : "text-hold"}`}>
          {percent(verdict.score)} · {verdict.passed ? "passed" : "not passed"}
        </span>
      </h3>
      <ul className="grid gap-1.5">
        {lines.map(({ id, title, passed, score, reason, number }) => (
          <li key={id} className="grid grid-cols-[auto_1fr_auto] gap-x-2 text-xs leading-5">
            {passed ? (
              <Check aria-label="Passed" className="mt-0.5 size-4 text-done" />
            ) : (
              <X aria-label="Failed" className="mt-0.5 size-4 text-fail" />
            )}
            <p className="min-w-0 font-medium">
              {title}
              {number !== undefined && (
                <span
                  className={`ml-1.5 inline-grid size-4 place-items-center rounded-xs font-semibold text-[10px] text-black ${passed ? "bg-done" : "bg-fail"}`}
                >
                  {number}
                </span>
              )}
            </p>
            <span className="text-soft tabular-nums">{percent(score)}</span>
            {reason && <p className="col-start-2 col-end-4 break-words text-soft">{reason}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Size, conversation, model, cost and words of a picture, folded away. */
export function Facts({ picture }: { picture: AskedPicture }) {
  if (!picture.value) return null;
  return (
    <details className="group text-sm">
      <summary className="flex min-h-11 items-center gap-1 font-semibold text-soft text-xs sm:min-h-9">
        <ChevronRight aria-hidden="true" className="size-3.5 transition group-open:rotate-90" />
        About this picture
      </summary>
      <PictureFacts picture={picture.value} />
    </details>
  );
}
