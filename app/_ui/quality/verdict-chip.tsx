import { Check, CornerUpLeft, type LucideIcon, RotateCcw, X } from "lucide-react";
import { chipWords, percent } from "#lib/client/quality/verdict-words.ts";
import type { VerdictValue } from "#lib/protocol/values.ts";

const LOOKS: Record<VerdictValue["decision"], { tone: string; Icon: LucideIcon }> = {
  pass: { tone: "text-done", Icon: Check },
  iterate: { tone: "text-hold", Icon: CornerUpLeft },
  restart: { tone: "text-hold", Icon: RotateCcw },
  reject: { tone: "text-fail", Icon: X },
};

/** What a judge made of a picture: its score with a word and a sign; `small`: sign and score, the word on demand. */
export function VerdictChip({
  verdict,
  small = false,
  className = "",
}: {
  verdict: Pick<VerdictValue, "decision" | "score">;
  small?: boolean;
  className?: string;
}) {
  const { tone, Icon } = LOOKS[verdict.decision];
  const words = chipWords(verdict);
  return (
    <span
      title={words}
      className={`inline-flex items-center gap-1 whitespace-nowrap rounded-full border border-line bg-surface/95 px-2 py-0.5 font-medium text-[11px] tabular-nums ${tone} ${className}`}
    >
      <Icon aria-hidden="true" className="size-3" />
      {small ? (
        <>
          {percent(verdict.score)}
          <span className="sr-only">{words.slice(percent(verdict.score).length)}</span>
        </>
      ) : (
        words
      )}
    </span>
  );
}
