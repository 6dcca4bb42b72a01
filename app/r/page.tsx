import type { Metadata } from "next";
import { SharedScreen } from "./shared-screen.tsx";

export const metadata: Metadata = { title: "A question for you", robots: { index: false, follow: false } };

/**
 * The one page for people without a session: whoever has the link of a question decides it. The front door opens it for `/r/<token>` (guests.ts) and
 * hands it on without the token, which stays in the browser's address.
 */
export default function Page() {
  return <SharedScreen />;
}
