import Link from "next/link";
import type { SheetUse } from "#lib/protocol/library.ts";

/** The sheets of the library a run was started with, at the versions it keeps to its end. */
export function RunSheets({ sheets }: { sheets: readonly SheetUse[] | undefined }) {
  if (!sheets?.length) return null;
  const distinct = [...new Map(sheets.map((use) => [`${use.id}@${use.version}`, use])).values()];
  return (
    <p className="text-sm text-soft">
      Spec sheet{" "}
      {distinct.map(({ id, name, version }, index) => (
        <span key={`${id}@${version}`}>
          {index > 0 && ", "}
          <Link href={`/sheets/${encodeURIComponent(id)}`} className="underline underline-offset-4 hover:text-ink">
            {name ?? id}
          </Link>{" "}
          version {version}
        </span>
      ))}
    </p>
  );
}
