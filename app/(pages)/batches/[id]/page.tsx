import type { Metadata } from "next";
import { BatchScreen } from "./batch-screen.tsx";

export const metadata: Metadata = { title: "Table" };

export default async function Batch({ params }: { params: Promise<{ id: string }> }) {
  return <BatchScreen batchId={decodeURIComponent((await params).id)} />;
}
