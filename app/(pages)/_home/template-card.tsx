"use client";
import { Play } from "lucide-react";
import { useState } from "react";
import type { TemplateEntry } from "#lib/protocol/template-index.ts";
import { Busy } from "./busy.tsx";

/** What is happening to a template right now. */
export type Doing = "open" | "run" | undefined;

/** A template as a picture to start from: a click makes a graph of one's own, "Run at once" draws it as well. */
export function TemplateCard({
  template,
  doing,
  idle,
  onOpen,
}: {
  template: TemplateEntry;
  doing: Doing;
  /** False while another card is being opened. */
  idle: boolean;
  onOpen(run: boolean): void;
}) {
  const [near, setNear] = useState(false);
  const { title, description, cover, second } = template;
  return (
    <article
      aria-label={title}
      aria-busy={doing !== undefined}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      className="group relative"
    >
      <div className="relative aspect-4/3 overflow-hidden rounded-xl bg-well">
        <img src={cover} alt="" width={640} height={480} className="size-full object-cover" />
        {near && (
          <img
            src={second}
            alt=""
            width={640}
            height={480}
            className="absolute inset-0 size-full object-cover opacity-0 transition-opacity duration-180 group-hover:opacity-100"
          />
        )}
        <span className="absolute inset-0 rounded-xl ring-1 ring-line ring-inset transition group-hover:ring-soft" />
        {doing && <Busy words={doing === "run" ? "Starting …" : "Opening …"} />}
      </div>
      <h3 className="mt-2.5 font-semibold text-[15px] leading-snug">
        <button
          type="button"
          onClick={() => onOpen(false)}
          disabled={!idle}
          className="text-left after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-brand focus-visible:after:outline-offset-2"
        >
          {title}
        </button>
      </h3>
      <p className="mt-0.5 line-clamp-3 text-[13px] text-soft leading-snug max-sm:hidden">{description}</p>
      <div className="absolute inset-x-0 top-0 aspect-4/3 pointer-events-none">
        <button
          type="button"
          aria-label={`Run at once: ${title}`}
          onClick={() => onOpen(true)}
          disabled={!idle}
          className="pointer-events-auto absolute right-2 bottom-2 inline-flex min-h-8 items-center gap-1.5 rounded-full bg-[#141414]/85 px-3 font-medium text-[#f2f0ed] text-xs opacity-0 transition group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-[#141414] disabled:hidden pointer-coarse:min-h-10 pointer-coarse:opacity-100"
        >
          <Play aria-hidden="true" className="size-3.5" />
          <span className="max-sm:sr-only">Run at once</span>
        </button>
      </div>
    </article>
  );
}
