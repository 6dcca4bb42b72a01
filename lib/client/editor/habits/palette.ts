import type { Graph } from "../../../protocol/graph.ts";
import type { Command, CommandGroup } from "../command.ts";
import { titleOf } from "../edit/edit-nodes.ts";
import type { Editor } from "../store.ts";
import { score } from "./fuzzy.ts";
import { type KeyChanges, keysOf } from "./key-map.ts";
import { acceptType, firstSentence, GROUP_TITLES } from "./picker-choices.ts";
import { goToNode, placeForNew } from "./pointer.ts";

export type PaletteEntry = {
  id: string;
  title: string;
  detail?: string;
  keyName?: string;
  why?: string;
  words: string;
  run(): void | Promise<void>;
};
export type PaletteSection = { title: string; entries: PaletteEntry[] };

/** How groups of commands are called. */
export const COMMAND_GROUPS: Record<CommandGroup, string> = {
  add: "Add",
  edit: "Edit",
  run: "Run",
  view: "View",
  compare: "Compare",
  graph: "Graph",
  help: "Help and settings",
};

/**
 * What the palette shows: with no query the commands that can be done now by group, else what the query finds among commands, node types, nodes of this graph
 * and other graphs, the best section first. There, what cannot be done now is shown and says so.
 */
export function paletteSections(
  editor: Editor,
  commands: readonly Command[],
  changes: KeyChanges,
  document: Graph,
  graphs: readonly { id: string; name: string }[],
  query: string,
): PaletteSection[] {
  const offered = commands.filter(({ id }) => id !== "view.palette");
  const entry = (command: Command): PaletteEntry => ({
    id: `command ${command.id}`,
    title: command.title,
    keyName: keysOf(command, changes)[0],
    why: (command.can?.(editor) ?? true) ? undefined : "Not possible just now",
    words: `${command.words ?? ""} ${COMMAND_GROUPS[command.group]}`,
    run: () => command.run(editor),
  });
  if (query.trim() === "")
    return (Object.keys(COMMAND_GROUPS) as CommandGroup[])
      .map((group) => ({
        title: COMMAND_GROUPS[group],
        entries: offered.filter(({ group: of, can }) => of === group && (can?.(editor) ?? true)).map(entry),
      }))
      .filter(({ entries }) => entries.length > 0);
  const { registry } = editor.around;
  const sections: PaletteSection[] = [
    { title: "Commands", entries: offered.map(entry) },
    {
      title: "Add a node",
      entries: registry.nodes.map((type) => ({
        id: `add ${type.type}`,
        title: `Add ${type.title}`,
        detail: firstSentence(type),
        words: `new node ${type.type} ${GROUP_TITLES[type.group]}`,
        run: () => void acceptType(editor, type, placeForNew(editor)),
      })),
    },
    {
      title: "Go to",
      entries: document.nodes.map((node) => ({
        id: `node ${node.id}`,
        title: titleOf(node, registry.get(node.type)),
        detail: `Go to the node ${node.id}`,
        words: `go to node ${node.id} ${node.type}`,
        run: () => goToNode(editor, node.id, { fit: true }),
      })),
    },
    {
      title: "Open a graph",
      entries: graphs
        .filter(({ id }) => id !== document.id)
        .map(({ id, name }) => ({
          id: `graph ${id}`,
          title: name,
          detail: `Open the graph ${id}`,
          words: `open graph ${id}`,
          run: () => editor.around.navigate(`/graphs/${encodeURIComponent(id)}`),
        })),
    },
  ];
  return sections
    .map(({ title, entries }) => {
      const found = entries
        .map((one) => ({ one, score: score(query, { title: one.title, also: [one.words] }) * (one.why ? 0.8 : 1) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score);
      return { title, entries: found.map(({ one }) => one).slice(0, 20), best: found[0]?.score ?? 0 };
    })
    .filter(({ best }) => best > 0)
    .sort((a, b) => b.best - a.best);
}
