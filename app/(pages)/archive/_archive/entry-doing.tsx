"use client";
import { CopyPlus, Download, ImagePlus, type LucideIcon, Repeat2, Trash2, Undo2, Workflow } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { makeAgain, newGraphWith, openGraphOf, referenceClip } from "#lib/client/archive/entry-actions.ts";
import { ApiError, assetUrl, sayWhy } from "#lib/client/call-api.ts";
import type { EntryCard, EntryChange } from "#lib/protocol/catalogue.ts";
import { ExportButton } from "../../../_ui/export/export-button.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { calledOf } from "./picture-card.tsx";

const LOOK =
  "inline-flex min-h-9 items-center gap-1.5 whitespace-nowrap rounded-lg border border-line px-2.5 text-sm hover:bg-ink/8 disabled:opacity-60";

type State = { busy?: string; error?: unknown; said?: string; anyway?: () => void };

/** What can be made of a picture: it again, another one like it, a reference, a file. */
export function EntryDoing({
  entry,
  onChange,
}: {
  entry: EntryCard;
  onChange(change: EntryChange, words: string): void;
}) {
  const router = useRouter();
  const [state, setState] = useState<State>({});
  const isPicture = entry.mediaType.startsWith("image/");
  const called = calledOf(entry);

  const doing = async (busy: string, work: () => Promise<string | undefined>, anyway?: () => void) => {
    setState({ busy });
    try {
      const said = await work();
      setState(said === undefined ? { busy } : { said });
    } catch (error) {
      const other = error instanceof ApiError && error.problem?.problems?.some(({ code }) => code === "OTHER_PROVIDER");
      setState({ error, ...(other && anyway ? { anyway } : {}) });
    }
  };
  const run = (how: "remake" | "similar", anyway = false): Promise<void> =>
    doing(
      how,
      async () => {
        router.push(`/runs/${await makeAgain(entry.id, how, anyway)}`);
        return undefined;
      },
      () => void run(how, true),
    );
  const graph = (similar: boolean) =>
    doing(similar ? "open similar" : "open", async () => {
      router.push(`/graphs/${await openGraphOf(entry.id, similar)}`);
      return undefined;
    });
  const button = (Icon: LucideIcon, words: string, title: string, onClick: () => void) => (
    <button type="button" title={title} disabled={state.busy !== undefined} onClick={onClick} className={LOOK}>
      <Icon aria-hidden="true" className="size-4" />
      {words}
    </button>
  );

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-1.5">
        {button(Repeat2, "Remake", "The same revision, inputs and decisions: what the cache has costs nothing", () =>
          run("remake"),
        )}
        {button(CopyPlus, "Make similar", "Another take of the node that drew last", () => run("similar"))}
        <More words="Open graph" Icon={Workflow}>
          <Item words="As it was" onClick={() => graph(false)} />
          <Item words="With one more take" onClick={() => graph(true)} />
        </More>
        {isPicture && (
          <More words="Use as reference" Icon={ImagePlus}>
            <Item
              words="In a new graph"
              onClick={() =>
                doing("as reference", async () => {
                  router.push(`/graphs/${await newGraphWith([entry.asset], called)}`);
                  return undefined;
                })
              }
            />
            <Item
              words="Copy, to paste on a canvas"
              onClick={() =>
                doing("copy", async () => {
                  await navigator.clipboard.writeText((await referenceClip([entry.asset])).text);
                  return "Copied. Paste it on any canvas with Ctrl+V.";
                })
              }
            />
          </More>
        )}
        <More words="Download" Icon={Download}>
          <LinkItem
            words="The original"
            href={`${assetUrl(entry.asset)}?download=${encodeURIComponent(fileName(entry))}`}
          />
          <LinkItem words="Bundle to remake it elsewhere" href={`/api/archive/${entry.id}/bundle`} />
          <LinkItem
            words="Bundle with everything made on the way"
            href={`/api/archive/${entry.id}/bundle?cache=true`}
          />
        </More>
        <ExportButton wanted={{ entries: [entry.id] }} className={LOOK}>
          Export
        </ExportButton>
        {entry.deletedAt === undefined
          ? button(Trash2, "Bin", "Put it into the bin; it can be taken out again", () =>
              onChange({ deleted: true }, `${called} is in the bin`),
            )
          : button(Undo2, "Take out of the bin", "It is found again", () =>
              onChange({ deleted: false }, `${called} is in the archive again`),
            )}
      </div>
      <p role="status" className={state.said ? "text-sm text-soft" : "sr-only"}>
        {state.said}
      </p>
      {state.error !== undefined && (
        <Notice tone="fail" title={sayWhy(state.error)}>
          {state.anyway && (
            <button type="button" className="min-h-9 underline" onClick={state.anyway}>
              Make it anyway
            </button>
          )}
        </Notice>
      )}
    </div>
  );
}

const fileName = (entry: EntryCard): string => {
  const kind = entry.mediaType.split("/")[1]?.replace("jpeg", "jpg") ?? "bin";
  const name = entry.name.split("/").at(-1) ?? "picture";
  return name.toLowerCase().endsWith(`.${kind}`) ? name : `${name}.${kind}`;
};

/** A few ways of one thing, behind one button. */
const More = ({ words, Icon, children }: { words: string; Icon: LucideIcon; children: ReactNode }) => (
  <details
    className="group relative"
    onBlur={(event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
    }}
    onKeyDown={(event) => {
      if (event.key !== "Escape" || !event.currentTarget.open) return;
      event.stopPropagation();
      event.preventDefault();
      event.currentTarget.open = false;
      event.currentTarget.querySelector("summary")?.focus();
    }}
  >
    <summary className={`${LOOK} list-none [&::-webkit-details-marker]:hidden`}>
      <Icon aria-hidden="true" className="size-4" />
      {words}
    </summary>
    <div className="absolute left-0 z-20 mt-1 grid min-w-56 rounded-xl border border-line bg-surface p-1 shadow-sm">
      {children}
    </div>
  </details>
);

const ITEM = "flex min-h-10 w-full items-center rounded-lg px-3 text-left text-sm hover:bg-ink/8";
const Item = ({ words, onClick }: { words: string; onClick(): void }) => (
  <button type="button" onClick={onClick} className={ITEM}>
    {words}
  </button>
);
const LinkItem = ({ words, href }: { words: string; href: string }) => (
  <a href={href} download="" className={ITEM}>
    {words}
  </a>
);
