import type { Metadata } from "next";
import { MoneyScreen } from "./money-screen.tsx";

export const metadata: Metadata = { title: "Money" };

export default function Page() {
  return <MoneyScreen />;
}
