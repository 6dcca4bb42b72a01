import type { Metadata } from "next";
import { SheetsScreen } from "./sheets-screen.tsx";

export const metadata: Metadata = { title: "Spec sheets" };

export default function Sheets() {
  return <SheetsScreen />;
}
