import type { Metadata } from "next";
import { SheetScreen } from "../_sheet/sheet-screen.tsx";

export const metadata: Metadata = { title: "Spec sheet" };

export default async function OneSheet({ params }: { params: Promise<{ id: string }> }) {
  return <SheetScreen id={decodeURIComponent((await params).id)} />;
}
