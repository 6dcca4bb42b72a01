import { Archive, SearchX, Trash2 } from "lucide-react";
import Link from "next/link";
import { Button } from "../../../_ui/button.tsx";

/** Nothing is archived yet, nothing fits, or the bin is empty: each with what to do next. */
export function NothingHere({ everything, bin, onClear }: { everything: boolean; bin: boolean; onClear(): void }) {
  const Icon = bin ? Trash2 : everything ? Archive : SearchX;
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-3 px-6 py-24 text-center">
      <Icon aria-hidden="true" className="size-8 text-soft" />
      <h2 className="font-semibold text-lg">
        {bin ? "Nothing lies in the bin" : everything ? "Nothing is archived yet" : "No picture fits"}
      </h2>
      <p className="text-pretty text-soft text-sm leading-6">
        {bin
          ? "What you put there stays until you take it out again."
          : everything
            ? "A picture that reaches an archive node in a graph lands here, with its prompts, settings, costs and everything it takes to make it again."
            : "Fewer words or filters find more. The last word may be begun only, and “two words” in quotes stand together."}
      </p>
      {everything ? (
        <Link
          href="/"
          className="inline-flex min-h-10 items-center rounded-lg bg-brand px-4 font-medium text-on-brand text-sm hover:brightness-110"
        >
          Open a template
        </Link>
      ) : (
        <Button onClick={onClear}>Show everything</Button>
      )}
    </div>
  );
}
