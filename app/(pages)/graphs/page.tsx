import type { Metadata } from "next";
import { AllGraphs } from "./all-graphs.tsx";

export const metadata: Metadata = { title: "My graphs" };

export default function Page() {
  return <AllGraphs />;
}
