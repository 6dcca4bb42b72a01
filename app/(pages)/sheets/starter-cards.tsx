"use client";
import { BookmarkPlus, LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { loadStarters, type Starter, takeStarter } from "#lib/client/library/starters.ts";

/** Sheets that come along: in nobody's library until somebody takes them. Those that were taken are not offered again. */
export function StarterCards({ known }: { known: ReadonlySet<string> }) {
  const router = useRouter();
  const [starters, setStarters] = useState<Starter[]>([]);
  const [busy, setBusy] = useState("");
  const [error, setError] = useState<string>();
  useEffect(() => {
    // They are an offer: without them the page is whole.
    loadStarters().then(setStarters, () => {});
  }, []);
  const offered = starters.filter(({ id }) => !known.has(id));
  if (offered.length === 0) return null;
  const take = async (starter: Starter) => {
    if (busy !== "") return;
    setBusy(starter.id);
    setError(undefined);
    try {
      router.push(`/sheets/${encodeURIComponent(await takeStarter(starter))}`);
    } catch (reason) {
      setError(sayWhy(reason));
      setBusy("");
    }
  };
  return (
    <section aria-labelledby="starters" className="flex flex-col gap-4">
      <div>
        <h2 id="starters" className="font-semibold text-lg">
          To start from
        </h2>
        <p className="text-soft text-sm">Taking one puts a copy into your library, yours to change.</p>
      </div>
      {error && (
        <p role="alert" className="text-fail text-sm">
          {error}
        </p>
      )}
      <ul className="grid grid-cols-1 gap-x-5 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
        {offered.map((starter) => (
          <li key={starter.id}>
            <article aria-label={starter.name} className="group relative">
              <div className="relative aspect-4/3 overflow-hidden rounded-xl bg-well">
                <img src={starter.picture} alt="" loading="lazy" className="size-full object-cover" />
                <span className="absolute inset-0 rounded-xl ring-1 ring-line ring-inset transition group-hover:ring-soft" />
              </div>
              <h3 className="mt-2.5 font-semibold text-[15px] leading-snug">
                <button
                  type="button"
                  aria-label={`${starter.name}: take into the library`}
                  onClick={() => take(starter)}
                  disabled={busy !== ""}
                  className="text-left after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-brand focus-visible:after:outline-offset-2"
                >
                  {starter.name}
                </button>
              </h3>
              <p className="mt-0.5 line-clamp-2 text-[13px] text-soft leading-snug">{starter.opening}</p>
              <span
                aria-hidden="true"
                className="pointer-events-none absolute top-2 right-2 inline-flex min-h-8 items-center gap-1.5 rounded-full bg-[#141414]/85 px-3 font-medium text-[#f2f0ed] text-xs"
              >
                {busy === starter.id ? (
                  <LoaderCircle className="size-3.5 animate-spin" />
                ) : (
                  <BookmarkPlus className="size-3.5" />
                )}
                {busy === starter.id ? "Taking …" : "Take"}
              </span>
            </article>
          </li>
        ))}
      </ul>
    </section>
  );
}
