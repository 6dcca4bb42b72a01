import type { Metadata } from "next";
import { AllRuns } from "./all-runs.tsx";

export const metadata: Metadata = { title: "Runs" };

export default function Runs() {
  return (
    <>
      <h1 className="mb-5 font-semibold text-2xl tracking-tight">Runs</h1>
      <AllRuns />
    </>
  );
}
