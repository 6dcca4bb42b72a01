"use client";
import { DropGraphs } from "../_home/drop-graphs.tsx";
import { MyGraphs } from "../_home/my-graphs.tsx";
import { StartBar } from "../_home/start-bar.tsx";
import { useMyGraphs } from "../_home/use-my-graphs.ts";

/** Every graph of one's own. */
export function AllGraphs() {
  const mine = useMyGraphs();
  return (
    <DropGraphs>
      {(open) => (
        <div className="flex flex-col gap-6">
          <MyGraphs mine={mine} level={1} />
          <StartBar onFiles={open} />
        </div>
      )}
    </DropGraphs>
  );
}
