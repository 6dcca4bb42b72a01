import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "./globals.css";
import { TopBar } from "./_ui/top-bar.tsx";

export const metadata: Metadata = { title: { default: "Throughline", template: "%s · Throughline" } };
export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#141414" },
    { media: "(prefers-color-scheme: light)", color: "#fefefe" },
  ],
};
/** Every answer carries its own script nonce, so nothing is drawn ahead of time. */
export const dynamic = "force-dynamic";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body className="min-h-dvh font-sans text-[15px] leading-relaxed antialiased">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
        >
          Skip to content
        </a>
        <TopBar />
        <main id="main" className="mx-auto w-full max-w-6xl px-4 pt-6 pb-20 sm:px-6">
          {children}
        </main>
      </body>
    </html>
  );
}
