"use client";
import Link from "next/link";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { count } from "#lib/client/words.ts";
import type { SheetUserList } from "#lib/protocol/library.ts";
import { parseSheetRef } from "#lib/protocol/sheet-ref.ts";

/** Which graphs, templates and sheets use it, and whether they follow it or are pinned. */
export function Users({ id, newest }: { id: string; newest: number }) {
  const { value } = useLoaded<SheetUserList>(`/api/sheets/${encodeURIComponent(id)}/users`);
  const rows = [
    ...(value?.graphs ?? []).map(({ graphId, name, refs, nodes, template }) => ({
      key: `${graphId} ${template ?? ""}`,
      href:
        template === undefined ? `/graphs/${encodeURIComponent(graphId)}` : `/templates/${encodeURIComponent(graphId)}`,
      name,
      what: `${template === undefined ? "Graph" : `Template, revision ${template}`} · ${count(nodes, "node")}`,
      refs,
    })),
    ...(value?.sheets ?? []).map((sheet) => ({
      key: `sheet ${sheet.id}`,
      href: `/sheets/${encodeURIComponent(sheet.id)}`,
      name: sheet.name,
      what: "Sheet that extends it",
      refs: [sheet.ref],
    })),
  ];
  return (
    <section aria-labelledby="users" className="flex min-w-0 flex-col gap-3">
      <h2 id="users" className="font-semibold">
        Used by
      </h2>
      {value && rows.length === 0 && (
        <p className="text-soft text-sm">
          Nothing yet. Choose it in a spec sheet node, or let another sheet extend it.
        </p>
      )}
      <ul className="flex flex-col">
        {rows.map(({ key, href, name, what, refs }) => (
          <li key={key} className="flex min-h-11 items-center gap-3 border-line border-t text-sm first:border-t-0">
            <Link href={href} className="min-w-0 truncate font-medium underline-offset-4 hover:underline">
              {name}
            </Link>
            <span className="min-w-0 flex-1 truncate text-soft text-xs">{what}</span>
            <span className="shrink-0 text-soft text-xs">{refs.map((ref) => howItStands(ref, newest)).join(", ")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function howItStands(ref: string, newest: number): string {
  const version = parseSheetRef(ref)?.version;
  if (version === undefined) return "follows";
  return version < newest ? `pinned to ${version}, ${newest} is the newest` : `pinned to ${version}`;
}
