import type { Metadata } from "next";
import { NewSheet } from "../_sheet/new-sheet.tsx";

export const metadata: Metadata = { title: "New spec sheet" };

export default async function New({ searchParams }: { searchParams: Promise<{ run?: string }> }) {
  return <NewSheet runId={(await searchParams).run} />;
}
