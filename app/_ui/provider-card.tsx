"use client";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { HealthAnswer } from "#lib/protocol/http.ts";

/** What draws the pictures now, and how that is changed. */
export function ProviderCard() {
  const { value } = useLoaded<HealthAnswer>("/api/health");
  if (!value) return null;
  return (
    <section aria-label="Provider" className="rounded-xl border border-line bg-surface p-5">
      <h2 className="font-semibold">{value.simulated ? "The simulator draws" : "OpenAI draws"}</h2>
      {value.simulated ? (
        <div className="mt-2 space-y-3 text-sm text-soft">
          <p>
            No key is set, so a stand-in serves the same protocol. Every picture says so, and nothing is paid. To draw
            with OpenAI, stop the server and start it with a key:
          </p>
          <pre className="overflow-x-auto rounded-lg bg-well px-3 py-2 font-mono text-ink text-xs">
            OPENAI_API_KEY=sk-… npm start
          </pre>
          <p>The key stays on the server. A run stops at $5 and a day at $20 unless you set other caps.</p>
        </div>
      ) : (
        <p className="mt-2 text-sm text-soft">
          Runs are paid with the key of this server. A run stops at its cap, and nothing that was drawn is ever paid
          twice.
        </p>
      )}
    </section>
  );
}
