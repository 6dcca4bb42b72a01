import type { Metadata } from "next";
import { NewScreen } from "./new-screen.tsx";

export const metadata: Metadata = { title: "New table" };

export default async function NewBatch(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { graph, template } = await props.searchParams;
  const text = (value: string | string[] | undefined) =>
    typeof value === "string" && value !== "" ? value : undefined;
  return <NewScreen graph={text(graph)} template={text(template)} />;
}
