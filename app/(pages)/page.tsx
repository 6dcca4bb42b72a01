import { ProviderCard } from "../_ui/provider-card.tsx";
import { RunList } from "../_ui/run-list.tsx";
import { RunDemo } from "../_ui/starters.tsx";

export default function Home() {
  return (
    <>
      <section className="grid items-start gap-8 py-6 lg:grid-cols-[1fr_24rem] lg:py-10">
        <div className="flex flex-col items-start gap-5">
          <h1 className="max-w-[16ch] text-balance font-semibold text-4xl leading-[1.1] tracking-tight sm:text-5xl">
            The same look, again and again.
          </h1>
          <p className="max-w-[52ch] text-lg text-soft">
            Throughline runs graphs of prompts, references, edits and checks, and carries the visual conversation along
            the wires. What was drawn once is never paid for twice.
          </p>
          <RunDemo />
          <p className="max-w-[52ch] text-sm text-soft">
            The demo is one conversation with two forks, one locked change and six sizes. Run it again and it is
            answered from the cache.
          </p>
        </div>
        <ProviderCard />
      </section>
      <section aria-labelledby="recent" className="mt-6">
        <h2 id="recent" className="mb-4 font-semibold text-lg">
          Recent runs
        </h2>
        <RunList
          query="limit=6"
          empty={
            <p className="rounded-xl border border-line border-dashed px-4 py-10 text-center text-soft">
              Nothing has run yet. Start with the demo.
            </p>
          }
        />
      </section>
    </>
  );
}
