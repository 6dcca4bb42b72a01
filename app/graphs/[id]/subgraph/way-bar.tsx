"use client";
import { ChevronLeft } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { browserLinks } from "#lib/client/editor/subgraph/links.ts";
import { addressOf } from "#lib/client/editor/subgraph/way-in.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";

/** The graphs around this one, outermost first, each a way back; on a phone the next one only. Nothing for a graph that was opened by itself. */
export function WayBar() {
  const editor = useEditor();
  const { way = [] } = editor.around;
  const saved = useStore(browserLinks().store, (state) => state.saved);
  const deep = way.length > 0;
  useEffect(() => {
    if (deep) void browserLinks().refresh();
  }, [deep]);
  if (!deep) return null;
  const leave = (at: number) => async () => {
    const { keeperOf } = await import("#lib/client/editor/drafts/keeper-of.ts");
    await (await keeperOf(editor)).save();
    const { graph, node } = way[at] ?? { graph: "", node: "" };
    editor.around.navigate(addressOf(graph, way.slice(0, at), node));
  };
  return (
    <nav aria-label="Graphs around this one" className="min-w-0 max-w-[40vw]">
      <ol className="flex min-w-0 items-center text-sm">
        {way.map(({ graph }, at) => {
          const last = at === way.length - 1;
          return (
            <li key={graph} className={`flex min-w-0 items-center ${last ? "" : "max-sm:hidden"}`}>
              <button
                type="button"
                onClick={leave(at)}
                title={last ? "Back (Esc)" : undefined}
                className="flex min-w-0 items-center gap-0.5 rounded-md px-1.5 py-1 text-soft hover:bg-ink/8 hover:text-ink"
              >
                {last && <ChevronLeft aria-hidden="true" className="size-4 shrink-0" />}
                <span className="max-w-[20ch] truncate max-sm:max-w-[8ch]">{saved?.get(graph)?.name ?? graph}</span>
              </button>
              <span aria-hidden="true" className="text-soft">
                /
              </span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
