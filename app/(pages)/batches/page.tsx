import type { Metadata } from "next";
import { AllBatches } from "./all-batches.tsx";

export const metadata: Metadata = { title: "Tables" };

export default function Batches() {
  return <AllBatches />;
}
