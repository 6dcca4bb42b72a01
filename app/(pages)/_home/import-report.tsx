"use client";
import { Globe, Scissors } from "lucide-react";
import { useRouter } from "next/navigation";
import { assetUrl } from "#lib/client/call-api.ts";
import type { Imported } from "#lib/protocol/bundle.ts";
import { Button } from "../../_ui/button.tsx";
import { Sheet } from "../../graphs/[id]/drafts/sheet.tsx";

/** What came of an imported file: what was left out of it, and whom its runs would contact. Nothing has run, and nothing was fetched. */
export function ImportReport({ made, onClose }: { made: Imported; onClose(): void }) {
  const router = useRouter();
  return (
    <Sheet title={`“${made.name}” was imported as a draft`} close={onClose}>
      <div className="flex max-w-2xl flex-col gap-5">
        {made.contacts.length > 0 && (
          <section aria-labelledby="import-contacts">
            <h3 id="import-contacts" className="flex items-center gap-2 font-semibold">
              <Globe aria-hidden="true" className="size-4.5 text-hold" />
              This template will contact
            </h3>
            <ul className="mt-2 list-disc pl-8 font-mono text-sm">
              {made.contacts.map((host) => (
                <li key={host}>{host}</li>
              ))}
            </ul>
            <p className="mt-2 text-sm text-soft">
              Nothing was sent so far. Its runs wait until you allow it in the editor.
            </p>
          </section>
        )}
        {made.table && (
          <p className="text-sm">
            A table came along.{" "}
            <a
              href={`${assetUrl(made.table)}?download=${encodeURIComponent(`${made.name}.csv`)}`}
              download
              className="text-brand underline underline-offset-4"
            >
              Download it as CSV
            </a>
          </p>
        )}
        {made.warnings.length > 0 && (
          <section aria-labelledby="import-left-out">
            <h3 id="import-left-out" className="flex items-center gap-2 font-semibold">
              <Scissors aria-hidden="true" className="size-4.5 text-soft" />
              Left out
            </h3>
            <ul className="mt-2 list-disc pl-8 text-sm">
              {made.warnings.map(({ node, message }, index) => (
                <li key={index}>
                  {node !== undefined && <span className="text-soft">{node}: </span>}
                  {message}
                </li>
              ))}
            </ul>
          </section>
        )}
        <div className="flex gap-2">
          <Button look="first" onClick={() => router.push(`/graphs/${encodeURIComponent(made.graphId)}`)}>
            Open the draft
          </Button>
          <Button onClick={onClose}>Not now</Button>
        </div>
      </div>
    </Sheet>
  );
}
