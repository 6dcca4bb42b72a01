"use client";
import { useState } from "react";
import { RUN_STATUSES } from "#lib/protocol/run.ts";
import { Button } from "../../_ui/button.tsx";
import { RunList } from "../../_ui/run-list.tsx";

/** Every run, newest first, a page at a time, of one status if wanted. */
export function AllRuns() {
  const [status, setStatus] = useState("");
  const [pages, setPages] = useState([""]);
  const query = (before: string) =>
    new URLSearchParams({ limit: "24", ...(before && { before }), ...(status && { status }) }).toString();
  return (
    <div className="flex flex-col gap-5">
      <label className="flex items-center gap-3 text-sm">
        <span className="text-soft">Status</span>
        <select
          value={status}
          onChange={(event) => {
            setStatus(event.target.value);
            setPages([""]);
          }}
          className="min-h-10 rounded-lg border border-line bg-surface px-3"
        >
          <option value="">All</option>
          {RUN_STATUSES.map((name) => (
            <option key={name} value={name}>
              {name[0]?.toUpperCase() + name.slice(1)}
            </option>
          ))}
        </select>
      </label>
      {pages.map((before, index) => (
        <RunList
          key={`${status} ${before}`}
          query={query(before)}
          empty={<p className="py-8 text-soft">No runs here.</p>}
          after={(next) =>
            next !== undefined &&
            index === pages.length - 1 && (
              <div className="flex justify-center">
                <Button onClick={() => setPages([...pages, next])}>Older runs</Button>
              </div>
            )
          }
        />
      ))}
    </div>
  );
}
