import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Throughline", template: "%s · Throughline" } };
export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#141414" },
    { media: "(prefers-color-scheme: light)", color: "#fefefe" },
  ],
};
/** Every answer carries its own script nonce, so nothing is drawn ahead of time. */
export const dynamic = "force-dynamic";

/** Runs before the first picture of the page, so that a chosen theme never flashes. */
const THEME = `try{const t=localStorage.getItem("throughline.theme");if(t==="dark"||t==="light")document.documentElement.dataset.theme=t}catch{}`;

export default async function Layout({ children }: { children: ReactNode }) {
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get("content-security-policy") ?? "")?.[1];
  return (
    <html lang="en" suppressHydrationWarning>
      <body className="min-h-dvh font-sans text-[15px] leading-relaxed antialiased">
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: THEME }} />
        {children}
      </body>
    </html>
  );
}
