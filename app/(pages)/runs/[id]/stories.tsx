"use client";
import { ArrowRight } from "lucide-react";
import { useEffect, useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { count, usd } from "#lib/client/words.ts";
import type { Story, StoryList, StoryPass } from "#lib/protocol/quality.ts";
import { VerdictChip } from "../../../_ui/quality/verdict-chip.tsx";

/** Stories shown before somebody wants to see all. */
const FEW = 6;

/** How every judged picture went through its passes; nothing where nothing was judged. */
export function Stories({ view: { document } }: { view: RunView }) {
  const verdicts = Object.values(document.outputs)
    .flatMap((ports) => Object.values(ports).flat())
    .filter(({ kind }) => kind === "verdict").length;
  return verdicts === 0 ? null : <Told runId={document.runId} now={`${document.status} ${verdicts}`} />;
}

function Told({ runId, now }: { runId: string; now: string }) {
  const { value, reload } = useLoaded<StoryList>(`/api/runs/${encodeURIComponent(runId)}/stories`);
  const [told, setTold] = useState(now);
  const [all, setAll] = useState(false);
  useEffect(() => {
    if (told === now) return;
    setTold(now);
    reload();
  }, [told, now, reload]);
  if (!value || value.stories.length === 0) return null;
  // What went round is what there is to learn from.
  const sorted = value.stories.toSorted((a, b) => b.passes.length - a.passes.length);
  const shown = all ? sorted : sorted.slice(0, FEW);
  return (
    <section aria-label="Stories" className="flex flex-col gap-3">
      <h2 className="font-semibold text-sm">
        From pass to pass
        <span className="ml-2 font-normal text-soft">{count(value.total, "picture")} judged</span>
      </h2>
      <ul className="flex flex-wrap gap-3">
        {shown.map((story) => (
          <li key={`${story.nodeId} ${value.stories.indexOf(story)}`} className="min-w-0 max-w-full">
            <OneStory story={story} place={value.stories.indexOf(story) + 1} />
          </li>
        ))}
      </ul>
      {!all && sorted.length > FEW && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="min-h-8 self-start text-sm underline underline-offset-4"
        >
          Show all {sorted.length}
        </button>
      )}
      {value.total > sorted.length && all && <p className="text-soft text-xs">The first {sorted.length} are shown.</p>}
    </section>
  );
}

const ENDS: Record<Story["end"], string> = {
  passed: "Passed",
  rejected: "Rejected",
  open: "On its way",
  stopped: "Stopped",
};

function OneStory({ story: { title, end, why, passes, costUsd }, place }: { story: Story; place: number }) {
  return (
    <article
      aria-label={`${title}, picture ${place}`}
      className="flex h-full flex-col gap-2.5 rounded-xl border border-line bg-surface p-3"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <ol aria-label="Passes" tabIndex={0} className="-mx-3 flex items-start gap-2 overflow-x-auto px-3">
        {passes.map((pass, index) => (
          <li key={pass.pass} className="flex shrink-0 items-start gap-2">
            <Turn pass={pass} alt={`${title}, pass ${pass.pass + 1}`} />
            {index < passes.length - 1 && <Notes notes={pass.verdict.notes} />}
          </li>
        ))}
      </ol>
      <p className="mt-auto max-w-[38rem] text-xs leading-5" style={{ contain: "inline-size" }}>
        <span className="font-medium">
          {passes.length === 1 ? `${ENDS[end]} at once` : `${ENDS[end]} after ${passes.length} passes`}
        </span>
        {(passes.length > 1 || end !== "passed") && (
          <span className="text-soft tabular-nums">{` · ${usd(costUsd)} · ${why}`}</span>
        )}
      </p>
    </article>
  );
}

function Turn({
  pass: { pass, picture, verdict, drawnUsd, judgedUsd, cached },
  alt,
}: {
  pass: StoryPass;
  alt: string;
}) {
  const cost = drawnUsd + judgedUsd;
  return (
    <figure className="flex w-36 flex-col items-start gap-1.5">
      {picture ? (
        <img
          src={assetUrl(picture.asset, 320)}
          alt={alt}
          width={picture.width}
          height={picture.height}
          loading="lazy"
          className="h-36 w-36 rounded-lg bg-well object-contain"
        />
      ) : (
        <span className="grid h-36 w-36 place-items-center rounded-lg bg-well text-soft text-xs">Not kept</span>
      )}
      <figcaption className="flex flex-col items-start gap-1">
        <VerdictChip verdict={verdict} />
        <span
          className="text-soft text-xs tabular-nums"
          title={`Drawn for ${usd(drawnUsd)}, judged for ${usd(judgedUsd)}`}
        >
          Pass {pass + 1} · {cached && cost === 0 ? "from the cache" : usd(cost)}
        </span>
      </figcaption>
    </figure>
  );
}

/** What the next turn was told: the points without the opening that all of them share. */
function Notes({ notes }: { notes: string }) {
  const points = notes.split("\n").flatMap((line) => (line.startsWith("- ") ? [line.slice(2)] : []));
  return (
    <div className="flex h-36 w-44 flex-col justify-center gap-1.5 text-xs leading-5">
      <ArrowRight aria-hidden="true" className="size-4 text-brand" />
      <p className="line-clamp-5 whitespace-pre-line break-words text-soft" title={notes}>
        {points.join("\n") || notes || "Once more."}
      </p>
    </div>
  );
}
