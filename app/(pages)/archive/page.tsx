import type { Metadata } from "next";
import { ArchiveScreen } from "./_archive/archive-screen.tsx";

export const metadata: Metadata = { title: "Archive" };

export default async function Archive({ searchParams }: { searchParams: Promise<Record<string, string | string[]>> }) {
  const given = Object.entries(await searchParams).flatMap(([key, value]) =>
    typeof value === "string" ? [[key, value] as [string, string]] : [],
  );
  return <ArchiveScreen first={new URLSearchParams(given).toString()} />;
}
