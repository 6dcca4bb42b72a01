"use client";
import { FileText } from "lucide-react";
import Link from "next/link";
import { assetUrl } from "#lib/client/call-api.ts";
import { count } from "#lib/client/words.ts";
import type { TemplateSummary } from "#lib/protocol/templates.ts";

/** A published template as a picture that leads to its form. */
export function PublishedCard({ template: { id, name, description, cover, asks } }: { template: TemplateSummary }) {
  return (
    <article aria-label={name} className="group relative">
      <div className="relative aspect-4/3 overflow-hidden rounded-xl bg-well">
        {cover ? (
          <img
            src={assetUrl(cover, 640)}
            alt=""
            loading="lazy"
            className="size-full animate-appear object-cover transition duration-150 group-hover:brightness-110"
          />
        ) : (
          <FileText aria-hidden="true" className="absolute inset-0 m-auto size-8 text-soft" />
        )}
        <span className="absolute inset-0 rounded-xl ring-1 ring-line ring-inset transition group-hover:ring-soft" />
      </div>
      <h3 className="mt-2.5 font-semibold text-[15px] leading-snug wrap-anywhere">
        <Link
          href={`/templates/${encodeURIComponent(id)}`}
          className="after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-brand focus-visible:after:outline-offset-2"
        >
          {name}
        </Link>
      </h3>
      <p className="mt-0.5 line-clamp-2 text-[13px] text-soft leading-snug wrap-anywhere">
        {description || (asks === 0 ? "Runs as it is" : `Asks ${count(asks, "question")}`)}
      </p>
    </article>
  );
}
