import { ChevronLeft, ChevronRight } from "lucide-react";

/** The way to the picture before or after, at the side of the one that is shown. `hint` is its key. */
export function TurnButton({ to, hint, onClick }: { to: "previous" | "next"; hint?: string; onClick(): void }) {
  const words = to === "previous" ? "Previous picture" : "Next picture";
  const name = hint === undefined ? words : `${words} (${hint})`;
  const Icon = to === "previous" ? ChevronLeft : ChevronRight;
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      onClick={onClick}
      className={`absolute top-1/2 ${to === "previous" ? "left-2" : "right-2"} grid size-11 -translate-y-1/2 place-items-center rounded-full border border-line bg-surface/80 text-ink hover:bg-surface`}
    >
      <Icon aria-hidden="true" className="size-6" />
    </button>
  );
}
