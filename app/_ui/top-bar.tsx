"use client";
import { Settings, Wallet } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useWaitingCount } from "#lib/client/review/use-waiting-count.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { HealthAnswer } from "#lib/protocol/http.ts";

const PLACES = [
  { href: "/", title: "Home" },
  { href: "/templates", title: "Templates" },
  { href: "/runs", title: "Runs" },
  { href: "/review", title: "Review" },
  { href: "/batches", title: "Tables" },
  { href: "/archive", title: "Archive" },
  { href: "/sheets", title: "Sheets" },
];

/** Name, places, and what draws the pictures: a simulator is named on every screen. */
export function TopBar() {
  const here = usePathname();
  const { value: health } = useLoaded<HealthAnswer>("/api/health");
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-canvas/90 backdrop-blur">
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-2 px-3 sm:gap-6 sm:px-6">
        <Link href="/" className="flex items-center gap-2 font-semibold tracking-tight">
          <Mark />
          <span className="max-[27rem]:sr-only">Throughline</span>
        </Link>
        <nav aria-label="Main" className="flex min-w-0 overflow-x-auto text-sm [scrollbar-width:none] sm:gap-1">
          {PLACES.map(({ href, title }) => {
            const current = href === "/" ? here === "/" : here.startsWith(href);
            return (
              <Link
                key={href}
                href={href}
                aria-current={current ? "page" : undefined}
                className="whitespace-nowrap rounded-md px-2 py-1.5 text-soft sm:px-2.5 hover:text-ink aria-[current=page]:bg-ink/8 aria-[current=page]:text-ink"
              >
                {title}
                {href === "/review" && <WaitingCount />}
              </Link>
            );
          })}
        </nav>
        <span className="grow" />
        {health?.simulated && (
          <span
            className="whitespace-nowrap rounded-full border border-brand/50 px-2 py-0.5 text-brand text-xs sm:px-2.5"
            title="No OpenAI key is set. The simulator draws every picture, and nothing is paid."
          >
            Simulator
          </span>
        )}
        <Link
          href="/money"
          aria-label="Money"
          title="Money"
          aria-current={here.startsWith("/money") ? "page" : undefined}
          className="-mr-2 grid size-10 shrink-0 place-items-center rounded-md text-soft max-sm:hidden hover:text-ink aria-[current=page]:text-ink"
        >
          <Wallet aria-hidden="true" className="size-5" />
        </Link>
        <Link
          href="/settings"
          aria-label="Settings"
          title="Settings"
          aria-current={here.startsWith("/settings") ? "page" : undefined}
          className="-mr-2 grid size-10 place-items-center rounded-md text-soft hover:text-ink aria-[current=page]:text-ink"
        >
          <Settings aria-hidden="true" className="size-5" />
        </Link>
      </div>
    </header>
  );
}

/** How many questions wait, beside the place where they are answered. */
function WaitingCount() {
  const waiting = useWaitingCount();
  if (!waiting) return null;
  return (
    <span className="ml-1.5 inline-grid h-5 min-w-5 place-items-center rounded-full bg-wait/20 px-1.5 font-medium text-wait text-xs tabular-nums">
      {waiting > 99 ? "99+" : waiting}
      <span className="sr-only"> waiting</span>
    </span>
  );
}

/** Two lines that run on as one: a picture and the conversation behind it. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-6 text-brand" aria-hidden="true">
      <path
        d="M4 10h8c6 0 6 9 12 9h4M4 15h7c6 0 6 9 12 9"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.600"
        strokeLinecap="round"
      />
    </svg>
  );
}
