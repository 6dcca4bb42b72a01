import type { Metadata } from "next";
import { TemplatesScreen } from "./templates-screen.tsx";

export const metadata: Metadata = { title: "Templates" };

export default function Page() {
  return <TemplatesScreen />;
}
