"use client";
import { Menu } from "lucide-react";
import Link from "next/link";
import { useId, useRef } from "react";
import { isAt, PLACES } from "./places.ts";
import { WaitingCount } from "./waiting-count.tsx";

const ALL = [...PLACES, { href: "/money", title: "Money" }, { href: "/settings", title: "Settings" }];

/** All places on a small screen: one button that says where one is, and the list behind it. */
export function PlacesMenu({ here }: { here: string }) {
  const id = useId();
  const list = useRef<HTMLElement>(null);
  const place = ALL.find(({ href }) => isAt(href, here));
  return (
    <div className="sm:hidden">
      <button
        type="button"
        popoverTarget={id}
        className="flex min-h-11 items-center gap-2 rounded-md px-2 text-sm hover:bg-ink/8"
      >
        <Menu aria-hidden="true" className="size-5" />
        <span className="sr-only">Menu, you are at </span>
        {place?.title ?? "Menu"}
        <WaitingCount />
      </button>
      <nav
        ref={list}
        id={id}
        popover="auto"
        aria-label="Main"
        className="fixed inset-x-3 top-15 bottom-auto m-0 w-auto rounded-xl border border-line bg-surface p-2 text-ink shadow-sm"
      >
        <ul className="grid grid-cols-2 gap-1">
          {ALL.map(({ href, title, ...more }) => (
            <li key={href}>
              <Link
                href={href}
                onClick={() => list.current?.hidePopover()}
                aria-current={isAt(href, here) ? "page" : undefined}
                className="flex min-h-11 items-center rounded-lg px-3 hover:bg-ink/8 aria-[current=page]:bg-ink/8 aria-[current=page]:font-medium"
              >
                {title}
                {"waits" in more && <WaitingCount />}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
