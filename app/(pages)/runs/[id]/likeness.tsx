"use client";
import { ChevronRight, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { assetUrl, sayWhy } from "#lib/client/call-api.ts";
import { percent } from "#lib/client/quality/verdict-words.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { count } from "#lib/client/words.ts";
import type { Continuity, PicturePair } from "#lib/protocol/quality.ts";

type Measure = "both" | "colors" | "layout";
const MEASURES: readonly { measure: Measure; words: string }[] = [
  { measure: "both", words: "Together" },
  { measure: "colors", words: "Palette" },
  { measure: "layout", words: "Subject" },
];

/** How alike the final pictures of a run are, on demand: it reads them all. */
export function Likeness({ view: { document } }: { view: RunView }) {
  const [open, setOpen] = useState(false);
  const assets = new Set(
    Object.values(document.outputs)
      .flatMap((ports) => Object.values(ports).flat())
      .flatMap((value) => (value.kind === "image" ? [value.asset] : [])),
  );
  if (assets.size < 2 || document.endedAt === undefined) return null;
  return (
    <details
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="group rounded-xl border border-line bg-surface"
    >
      <summary className="flex min-h-11 list-none items-center gap-1.5 px-4 font-semibold text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 text-soft transition-transform group-open:rotate-90" />
        Continuity
        <span className="font-normal text-soft">how alike the pictures are</span>
      </summary>
      {open && <Matrix runId={document.runId} />}
    </details>
  );
}

function Matrix({ runId }: { runId: string }) {
  const { value, error } = useLoaded<Continuity>(`/api/runs/${encodeURIComponent(runId)}/continuity`);
  const [measure, setMeasure] = useState<Measure>("both");
  if (!value) return <p className="px-4 pb-4 text-soft text-sm">{error ? sayWhy(error) : "Comparing …"}</p>;
  const { pictures, pairs, leftOut } = value;
  if (pictures.length < 2)
    return <p className="px-4 pb-4 text-soft text-sm">There are no two final pictures to compare.</p>;
  const out = pictures.flatMap(({ outlier }, index) => (outlier ? [index + 1] : []));
  const pairOf = new Map(
    pairs.flatMap((pair) => [[`${pair.a} ${pair.b}`, pair] as const, [`${pair.b} ${pair.a}`, pair]]),
  );
  return (
    <div className="flex flex-col gap-3 px-4 pb-4">
      <div role="radiogroup" aria-label="What is compared" className="flex gap-1 self-start rounded-lg bg-well p-0.5">
        {MEASURES.map((one) => (
          <label
            key={one.measure}
            className="cursor-pointer rounded-md px-2.5 py-1 text-soft text-xs has-checked:bg-ink/12 has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-brand pointer-coarse:py-2.5"
          >
            <input
              type="radio"
              name="likeness"
              className="sr-only"
              checked={measure === one.measure}
              onChange={() => setMeasure(one.measure)}
            />
            {one.words}
          </label>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section aria-label="Likeness of the pictures" tabIndex={0} className="overflow-x-auto">
        <table className="border-separate border-spacing-0.5 text-center text-[11px] tabular-nums">
          <caption className="sr-only">How alike every two pictures are, in percent</caption>
          <thead>
            <tr>
              <td />
              {pictures.map(({ asset, title, outlier }, index) => (
                <th key={asset} scope="col" className="font-normal">
                  <Thumb asset={asset} name={`${index + 1}, ${title}`} outlier={outlier} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pictures.map(({ asset, title, outlier }, row) => (
              <tr key={asset}>
                <th scope="row" className="font-normal">
                  <Thumb asset={asset} name={`${row + 1}, ${title}`} outlier={outlier} />
                </th>
                {pictures.map((other, column) => (
                  <Cell key={other.asset} pair={pairOf.get(`${row} ${column}`)} measure={measure} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="flex items-center gap-1.5 text-soft text-xs">
        {out.length > 0 && <TriangleAlert aria-hidden="true" className="size-3.5 text-hold" />}
        {out.length > 0
          ? `${out.length === 1 ? "Picture" : "Pictures"} ${out.join(", ")} ${out.length === 1 ? "stands" : "stand"} out from the others.`
          : "No picture stands out."}
        {leftOut > 0 && ` ${count(leftOut, "picture")} left out.`}
      </p>
    </div>
  );
}

const Thumb = ({ asset, name, outlier }: { asset: string; name: string; outlier: boolean }) => (
  <span
    className={`relative block size-12 overflow-hidden rounded-md bg-well ${outlier ? "outline-2 outline-hold" : ""}`}
    title={outlier ? `${name}: stands out` : name}
  >
    <img
      src={assetUrl(asset, 160)}
      alt={`${name}${outlier ? ", stands out" : ""}`}
      loading="lazy"
      className="size-full object-cover"
    />
    {outlier && (
      <TriangleAlert
        aria-hidden="true"
        className="absolute right-0 bottom-0 size-4 rounded-tl-sm bg-surface p-0.5 text-hold"
      />
    )}
  </span>
);

function Cell({ pair, measure }: { pair: PicturePair | undefined; measure: Measure }) {
  if (!pair) return <td className="size-12 rounded-md bg-well text-soft">·</td>;
  const share = pair[measure];
  return (
    <td
      className="size-12 rounded-md"
      style={{ background: `color-mix(in srgb, var(--done) ${Math.round(share * 32)}%, var(--well))` }}
    >
      {percent(share)}
    </td>
  );
}
