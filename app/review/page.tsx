import type { Metadata } from "next";
import { ReviewScreen } from "./review-screen.tsx";

export const metadata: Metadata = { title: "Review" };

type Wanted = { run?: string | string[]; step?: string | string[] };
const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Everything that waits for a person; `?run=` and `?step=` open one of it. */
export default async function Page({ searchParams }: { searchParams: Promise<Wanted> }) {
  const { run, step } = await searchParams;
  return <ReviewScreen runId={one(run)} stepKey={one(step)} />;
}
