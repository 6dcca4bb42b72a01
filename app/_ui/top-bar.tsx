"use client";
import { Settings, Wallet } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { HealthAnswer } from "#lib/protocol/http.ts";
import { Mark } from "./mark.tsx";
import { isAt, PLACES } from "./places.ts";
import { PlacesMenu } from "./places-menu.tsx";
import { WaitingCount } from "./waiting-count.tsx";

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
        <PlacesMenu here={here} />
        <nav
          aria-label="Main"
          className="flex min-w-0 gap-1 overflow-x-auto text-sm max-sm:hidden [scrollbar-width:none]"
        >
          {PLACES.map(({ href, title, ...more }) => (
            <Link
              key={href}
              href={href}
              aria-current={isAt(href, here) ? "page" : undefined}
              className="whitespace-nowrap rounded-md px-2.5 py-1.5 text-soft hover:text-ink aria-[current=page]:bg-ink/8 aria-[current=page]:text-ink"
            >
              {title}
              {"waits" in more && <WaitingCount />}
            </Link>
          ))}
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
          className="-mr-2 grid size-10 shrink-0 place-items-center rounded-md text-soft max-sm:hidden hover:text-ink aria-[current=page]:text-ink"
        >
          <Settings aria-hidden="true" className="size-5" />
        </Link>
      </div>
    </header>
  );
}
