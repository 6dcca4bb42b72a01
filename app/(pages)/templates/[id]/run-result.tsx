"use client";
import { Download, RotateCcw, Square } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { assetUrl, callApi, sayWhy } from "#lib/client/call-api.ts";
import { formProgress } from "#lib/client/templates/run-progress.ts";
import { runResults } from "#lib/client/templates/run-results.ts";
import { useRun } from "#lib/client/use-run.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { count, usd } from "#lib/client/words.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { Template } from "#lib/protocol/templates.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import { Button } from "../../../_ui/button.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { PartialPictures } from "../../runs/[id]/partial-pictures.tsx";

/** One run as its result: what is drawn now, what came of it, what is in the way. Nodes are never named. */
export function RunResult({
  runId,
  template,
  onAgain,
  onOver,
}: {
  runId: string;
  template: Template;
  onAgain(run: RunDocument): void;
  /** It ended while somebody looked. */
  onOver(): void;
}) {
  const { view, error, refresh } = useRun(runId);
  const moving = view ? formProgress(view).moving : undefined;
  const before = useRef(moving);
  useEffect(() => {
    if (before.current && moving === false) onOver();
    before.current = moving;
  }, [moving]);
  if (!view)
    return error === undefined ? (
      <div aria-busy="true" className="aspect-3/2 rounded-2xl bg-well" />
    ) : (
      <Notice tone="fail" title="The result could not be loaded.">
        {sayWhy(error)}
      </Notice>
    );
  const { pictures, texts } = runResults(template.graph, view.document);
  const partials = [...view.partials.values()].flat();
  return (
    <div className="flex flex-col gap-4">
      <Progress view={view} />
      <Hindrance view={view} onAgain={() => onAgain(view.document)} refresh={refresh} />
      {pictures.length > 0 && (
        <ul aria-label="Pictures" className={pictures.length > 1 ? "grid gap-3 sm:grid-cols-2" : ""}>
          {pictures.map((picture, index) => (
            <li key={picture.asset}>
              <ResultPicture picture={picture} name={`${template.name} ${index + 1}`} />
            </li>
          ))}
        </ul>
      )}
      {moving && (partials.length > 0 || pictures.length === 0) && <PartialPictures partials={partials} drawing />}
      {texts.map((text) => (
        <p key={text} className="max-w-[70ch] whitespace-pre-wrap rounded-xl border border-line bg-surface px-4 py-3">
          {text}
        </p>
      ))}
      {!moving && view.live.status === "succeeded" && pictures.length + texts.length === 0 && (
        <Notice title="Nothing was left to show.">
          The run did all it should, and no picture came out at its end.
        </Notice>
      )}
      {!moving && (
        <Button onClick={() => onAgain(view.document)} className="self-start">
          <RotateCcw aria-hidden="true" className="size-4" />
          Change and run again
        </Button>
      )}
    </div>
  );
}

function Progress({ view }: { view: RunView }) {
  const { words, share, moving } = formProgress(view);
  const { costUsd, simulated, runId } = view.document;
  const stop = () => callApi(`/api/runs/${runId}/cancel`, { method: "POST" }).catch(() => {});
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <p role="status" className="font-medium">
        {words}
      </p>
      {moving && (
        <span aria-hidden="true" className="h-1.5 w-40 overflow-hidden rounded-full bg-well">
          <span
            className="block h-full rounded-full bg-run transition-[width] duration-180"
            style={{ width: `${Math.max(4, share * 100)}%` }}
          />
        </span>
      )}
      <span className="text-soft tabular-nums">
        {simulated ? "simulated, nothing was paid" : costUsd === 0 ? "" : `${usd(costUsd)} so far`}
      </span>
      {moving && (
        <button
          type="button"
          onClick={stop}
          className="ml-auto inline-flex min-h-9 items-center gap-1.5 rounded-lg px-2.5 text-soft hover:bg-ink/8 hover:text-ink"
        >
          <Square aria-hidden="true" className="size-3.5" />
          Stop
        </button>
      )}
    </div>
  );
}

function Hindrance({ view, onAgain, refresh }: { view: RunView; onAgain(): void; refresh(): void }) {
  const { live, document } = view;
  const kept = "What was finished is kept and is not paid for again.";
  const resume = () =>
    callApi(`/api/runs/${document.runId}/resume`, { body: {} })
      .catch(() => {})
      .then(refresh);
  if (live.status === "waiting")
    return (
      <Notice tone="wait" title="Somebody has to decide before it goes on.">
        <Link href={`/review?run=${document.runId}`} className="text-brand underline underline-offset-4">
          Look at it and decide
        </Link>
      </Notice>
    );
  if (live.status === "cancelled") return <Notice title="It was stopped.">{kept}</Notice>;
  if (live.status === "paused")
    return (
      <Notice tone="hold" title={live.error?.message ?? "It is paused."}>
        {kept}{" "}
        <Link href={`/runs/${document.runId}`} className="text-brand underline underline-offset-4">
          See what to do
        </Link>
      </Notice>
    );
  if (live.status !== "failed") return null;
  const reasons = [
    ...new Set(document.steps.flatMap(({ state, error }) => (state === "failed" && error ? [error.message] : []))),
  ];
  return (
    <Notice tone="fail" title={reasons[0] ?? live.error?.message ?? "It did not work out."}>
      <p>
        {kept} {reasons.length > 1 && `${count(reasons.length - 1, "more reason")}: ${reasons.slice(1).join(" ")}`}
      </p>
      <div className="mt-3 flex gap-2">
        <Button onClick={resume}>Try again</Button>
        <Button onClick={onAgain}>Change what you asked for</Button>
      </div>
    </Notice>
  );
}

function ResultPicture({ picture: { asset, width, height, mediaType }, name }: { picture: ImageValue; name: string }) {
  const file = `${name}.${mediaType.split("/")[1]?.replace("jpeg", "jpg") ?? "png"}`;
  return (
    <figure className="relative w-fit">
      <a href={assetUrl(asset)} target="_blank" rel="noreferrer" aria-label={`${name}: whole picture`}>
        <img
          src={assetUrl(asset, 1280)}
          alt={name}
          width={width}
          height={height}
          className="h-auto max-h-[78dvh] w-auto max-w-full animate-appear rounded-2xl bg-well"
        />
      </a>
      <a
        href={`${assetUrl(asset)}?download=${encodeURIComponent(file)}`}
        aria-label={`Download ${name}`}
        className="absolute right-3 bottom-3 inline-flex min-h-10 items-center gap-1.5 rounded-full bg-[#141414]/85 px-3.5 font-medium text-[#f2f0ed] text-sm hover:bg-[#141414]"
      >
        <Download aria-hidden="true" className="size-4" />
        Download
      </a>
    </figure>
  );
}
