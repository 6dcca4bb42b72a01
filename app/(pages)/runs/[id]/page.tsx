import type { Metadata } from "next";
import { RunScreen } from "./run-screen.tsx";

export const metadata: Metadata = { title: "Run" };

export default async function Run({ params }: { params: Promise<{ id: string }> }) {
  return <RunScreen runId={(await params).id} />;
}
