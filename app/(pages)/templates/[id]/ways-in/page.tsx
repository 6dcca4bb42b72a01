import type { Metadata } from "next";
import { WaysInScreen } from "./ways-in-screen.tsx";

export const metadata: Metadata = { title: "Ways in" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <WaysInScreen id={decodeURIComponent((await params).id)} />;
}
