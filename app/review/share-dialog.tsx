"use client";
import { useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import { apiOf } from "#lib/client/review/asked.ts";
import { timeLeft } from "#lib/client/review/words.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { LINK_HOURS, type LinkList, type LinkMade, type Review } from "#lib/protocol/reviews.ts";
import { Button } from "../_ui/button.tsx";
import { Modal } from "./modal.tsx";

const TIMES = [
  { hours: 24, title: "a day" },
  { hours: LINK_HOURS.default, title: "three days" },
  { hours: 168, title: "a week" },
  { hours: LINK_HOURS.most, title: "thirty days" },
] as const;

/** Makes a link by which a colleague without an account decides this one question, and takes links back. */
export function ShareDialog({ review, onClose }: { review: Review; onClose(): void }) {
  const path = `${apiOf(review)}/links`;
  const { value: list, reload } = useLoaded<LinkList>(path);
  const [name, setName] = useState("");
  const [hours, setHours] = useState<number>(LINK_HOURS.default);
  const [made, setMade] = useState<LinkMade & { copied?: boolean }>();
  const [error, setError] = useState<unknown>();
  const guarded = (work: Promise<unknown>) => work.then(() => setError(undefined), setError).finally(reload);
  const make = () => {
    const wish = { expiresInH: hours, ...(name.trim() === "" ? {} : { name: name.trim() }) };
    void guarded(callApi<LinkMade>(path, { body: wish }).then(setMade));
  };
  const copy = () => {
    if (!made) return;
    navigator.clipboard.writeText(made.url).then(
      () => setMade({ ...made, copied: true }),
      () => setMade({ ...made, copied: false }),
    );
  };
  return (
    <Modal title="Ask a colleague" onClose={onClose}>
      <p className="text-soft text-sm">
        Whoever has the link sees this question and its pictures, nothing else, and decides once. No account is needed.
      </p>
      <form
        className="grid gap-3 sm:grid-cols-[1fr_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <label className="grid gap-1 text-soft text-xs">
          For whom (kept with the decision)
          <input
            value={name}
            maxLength={80}
            onChange={({ target }) => setName(target.value)}
            placeholder="Anna"
            className="min-h-11 rounded-lg border border-line bg-well px-3 text-base text-ink placeholder:text-soft sm:text-sm"
          />
        </label>
        <label className="grid gap-1 text-soft text-xs">
          Good for
          <select
            value={hours}
            onChange={({ target }) => setHours(Number(target.value))}
            className="min-h-11 rounded-lg border border-line bg-well px-3 text-base text-ink sm:text-sm"
          >
            {TIMES.map(({ hours: value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" look="first" className="min-h-11 sm:col-span-2">
          Make a link
        </Button>
      </form>
      {error !== undefined && (
        <p role="alert" className="text-fail text-sm">
          {sayWhy(error)}
        </p>
      )}
      {made && (
        <div className="grid gap-2 rounded-lg bg-well p-3">
          <label className="grid gap-1 text-soft text-xs">
            The link is shown this once
            <input
              readOnly
              value={made.url}
              onFocus={(event) => event.currentTarget.select()}
              className="min-h-11 rounded-lg border border-line bg-surface px-3 font-mono text-ink text-xs"
            />
          </label>
          <Button onClick={copy} className="min-h-11">
            <span aria-live="polite">
              {made.copied ? "Copied" : made.copied === false ? "Copying is not allowed: select it" : "Copy the link"}
            </span>
          </Button>
        </div>
      )}
      {list && list.links.length > 0 && (
        <section aria-label="Links that can still be used" className="grid gap-1">
          <h3 className="font-semibold text-soft text-xs">Links that can still be used</h3>
          <ul className="divide-y divide-line">
            {list.links.map((link) => (
              <li key={link.id} className="flex items-center justify-between gap-3 py-1 text-sm">
                <span className="min-w-0 truncate">
                  {link.name ?? "No name"}
                  <span className="text-soft text-xs"> · ends {timeLeft(link.expiresAt, Date.now())}</span>
                </span>
                <Button
                  className="min-h-11 sm:min-h-9"
                  onClick={() => void guarded(callApi(`${path}/${encodeURIComponent(link.id)}`, { method: "DELETE" }))}
                >
                  Withdraw
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Modal>
  );
}
