"use client";
import { LoaderCircle, Play } from "lucide-react";
import { usd } from "#lib/client/words.ts";
import type { EstimateAnswer } from "#lib/protocol/http.ts";

/** The one button, with what it would cost. On a phone it stays in reach. */
export function RunForm({ starting, price, refused }: { starting: boolean; price?: EstimateAnswer; refused?: string }) {
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex flex-col gap-2 border-line border-t bg-canvas/95 px-4 py-3 backdrop-blur sm:static sm:mx-0 sm:border-0 sm:bg-transparent sm:p-0">
      {refused && (
        <p role="alert" className="text-fail text-sm">
          {refused}
        </p>
      )}
      <button
        type="submit"
        disabled={starting}
        className="inline-flex min-h-12 items-center justify-center gap-2 rounded-xl bg-brand px-5 font-semibold text-on-brand transition hover:brightness-110 disabled:opacity-60"
      >
        {starting ? (
          <LoaderCircle aria-hidden="true" className="size-4.5 animate-spin" />
        ) : (
          <Play aria-hidden="true" className="size-4.5" />
        )}
        {starting ? "Starting …" : "Run"}
        {price && !starting && <span className="font-normal tabular-nums opacity-90">· {priceWords(price)}</span>}
      </button>
    </div>
  );
}

const priceWords = ({ costUsd, calls, simulated }: EstimateAnswer): string => {
  if (calls === 0) return "free, made before";
  return simulated ? "free, simulated" : `at most ${usd(costUsd)}`;
};
