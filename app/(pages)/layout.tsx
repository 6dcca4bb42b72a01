import type { ReactNode } from "react";
import { TopBar } from "../_ui/top-bar.tsx";

/** Pages that scroll, under the bar of places; what is `data-wide` has all of it. The editor has the whole window to itself. */
export default function PagesLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
      >
        Skip to content
      </a>
      <TopBar />
      <main
        id="main"
        className="mx-auto w-full max-w-6xl px-4 pt-6 pb-20 has-data-wide:max-w-none has-data-wide:p-0 sm:px-6"
      >
        {children}
      </main>
    </>
  );
}
