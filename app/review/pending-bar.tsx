import { Undo2 } from "lucide-react";
import { GRACE_MS, type Pending } from "#lib/client/review/desk.ts";

/** Decisions that can still be taken back, the newest last. */
export function PendingBar({ pending, onUndo }: { pending: readonly Pending[]; onUndo(key: string): void }) {
  if (pending.length === 0) return null;
  return (
    <ul className="pointer-events-none absolute inset-x-3 bottom-3 z-10 grid justify-items-center gap-2">
      {pending.slice(-3).map(({ key, asked, said, sending }) => (
        <li
          key={key}
          className="pointer-events-auto relative flex max-w-full items-center gap-3 overflow-hidden rounded-xl border border-line bg-surface py-1 pr-1.5 pl-2 text-sm shadow-sm"
        >
          {asked.pictures.slice(0, 1).map(({ asset }) => (
            <img key={asset} src={asked.address(asset, 160)} alt="" className="size-9 rounded-md object-cover" />
          ))}
          <span className="min-w-0 truncate">
            {said}. <span className="text-soft">Sending …</span>
          </span>
          <button
            type="button"
            disabled={sending}
            onClick={() => onUndo(key)}
            className="inline-flex min-h-11 items-center gap-1.5 rounded-lg px-3 font-medium text-brand hover:bg-ink/8 disabled:opacity-40"
          >
            <Undo2 aria-hidden="true" className="size-4" />
            Undo
          </button>
          <span
            aria-hidden="true"
            style={{ animationDuration: `${GRACE_MS}ms` }}
            className="absolute bottom-0 left-0 h-0.5 w-full origin-left review-run-out bg-brand"
          />
        </li>
      ))}
    </ul>
  );
}
