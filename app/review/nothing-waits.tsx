import Link from "next/link";
import { Mark } from "../_ui/mark.tsx";

/** Nobody is asked anything right now. */
export const NothingWaits = () => (
  <div className="grid flex-1 place-content-center justify-items-center gap-3 p-6 text-center">
    <Mark />
    <p className="font-medium text-lg">Nothing waits for you.</p>
    <p className="max-w-sm text-soft text-sm">
      When a graph asks a person, its pictures come here by themselves. The run holds no place while it waits, for days
      if need be.
    </p>
    <Link
      href="/runs"
      className="mt-1 inline-flex min-h-11 items-center rounded-lg border border-line px-4 font-medium text-sm hover:bg-ink/8"
    >
      Look at the runs
    </Link>
  </div>
);
