import type { Command } from "../command.ts";
import { nodesById } from "../graph-index.ts";
import type { Panel } from "../state.ts";
import { type Editor, openDialog, say, select, setView } from "../store.ts";
import { goToNode, nameOf, placeForNew, rememberPointer } from "./pointer.ts";
import { type Direction, nearest } from "./walk.ts";

const togglePanel = (panel: Panel, title: string): Command => ({
  id: `view.${panel}`,
  title: `${title} panel`,
  group: "view",
  words: "show hide toggle side",
  run(editor) {
    const open = editor.getState().view.panel === panel;
    setView(editor, { panel: open ? undefined : panel });
    say(editor, `${title} ${open ? "closed" : "opened"}`);
  },
});

/** Selects the nearest node in a direction; without a selection the first one. */
function walk(editor: Editor, direction: Direction): void {
  const { document, view } = editor.getState();
  const middle = (node: (typeof document.nodes)[number]) => {
    const size = editor.around.viewport?.sizeOf(node) ?? { width: 0, height: 0 };
    return { id: node.id, center: { x: node.position.x + size.width / 2, y: node.position.y + size.height / 2 } };
  };
  const from = nodesById(document).get([...view.selectedNodes].at(-1) ?? "");
  const to = from ? nearest(middle(from), document.nodes.map(middle), direction) : document.nodes[0]?.id;
  if (to === undefined) {
    say(editor, from ? `Nothing more that way` : "There is no node yet");
    return;
  }
  rememberPointer(editor, undefined);
  goToNode(editor, to, { fit: false });
  say(editor, nameOf(editor, to));
}

const walking = (direction: Direction): Command => ({
  id: `view.walk-${direction}`,
  title: `Go to the node ${direction === "up" ? "above" : direction === "down" ? "below" : `on the ${direction}`}`,
  group: "view",
  keys: [`mod+arrow${direction}`, `alt+arrow${direction}`],
  words: "select next previous walk",
  can: (editor) => editor.getState().document.nodes.length > 0,
  run: (editor) => walk(editor, direction),
});

/** One step out: closes what is open, then lets go of what is selected, then leaves the subgraph. */
function stepOut(editor: Editor): void {
  const { view } = editor.getState();
  if (view.dialog) {
    openDialog(editor, undefined);
    return;
  }
  if (view.selectedNodes.size + view.selectedEdges.size + view.selectedFrames.size === 0) {
    if (editor.around.way?.length)
      void import("../subgraph/actions.ts").then((actions) => actions.leaveSubgraph(editor));
    return;
  }
  select(editor, []);
  say(editor, "Nothing selected");
}

function openMenu(editor: Editor): void {
  const { document, view } = editor.getState();
  const node = nodesById(document).get([...view.selectedNodes].at(-1) ?? "");
  const { viewport } = editor.around;
  const screen = node
    ? viewport?.toScreen({ x: node.position.x + 40, y: node.position.y + 40 })
    : viewport?.toScreen(viewport.center());
  const on = node ? "node" : view.selectedEdges.size > 0 ? "edge" : "canvas";
  openDialog(editor, { kind: "menu", screen: screen ?? { x: 0, y: 0 }, on });
}

/** What opens, closes and moves around; nothing here changes the document. */
export const openCommands: readonly Command[] = [
  {
    id: "add.node",
    title: "Add a node …",
    group: "add",
    keys: ["tab", "space", "shift+a"],
    words: "new insert create picker",
    run: (editor) => openDialog(editor, { kind: "picker", ...placeForNew(editor) }),
  },
  {
    id: "add.from-archive",
    title: "Add a picture from the archive …",
    group: "add",
    words: "reference finished search image",
    run: (editor) => openDialog(editor, { kind: "from-archive", ...placeForNew(editor) }),
  },
  {
    id: "add.on-wire",
    title: "Insert a node on the wire …",
    group: "add",
    words: "edge between",
    can: (editor) => editor.getState().view.selectedEdges.size === 1,
    run: (editor) =>
      openDialog(editor, {
        kind: "picker",
        ...placeForNew(editor),
        edgeId: [...editor.getState().view.selectedEdges][0],
      }),
  },
  {
    id: "view.palette",
    title: "All commands …",
    group: "help",
    keys: ["mod+k"],
    words: "palette",
    run: (editor) => openDialog(editor, { kind: "palette" }),
  },
  {
    id: "view.find",
    title: "Find …",
    group: "view",
    keys: ["mod+f"],
    words: "search prompts text",
    run: (editor) => openDialog(editor, { kind: "find" }),
  },
  {
    id: "help.keys",
    title: "Keys …",
    group: "help",
    keys: ["?"],
    words: "keyboard shortcuts remap help",
    run: (editor) => openDialog(editor, { kind: "keys" }),
  },
  {
    id: "view.menu",
    title: "Menu of the selection",
    group: "view",
    keys: ["contextmenu", "shift+f10"],
    words: "context right click",
    run: openMenu,
  },
  togglePanel("outline", "Outline"),
  togglePanel("queue", "Runs"),
  togglePanel("versions", "Versions"),
  walking("left"),
  walking("right"),
  walking("up"),
  walking("down"),
  { id: "view.escape", title: "Close, or deselect", group: "view", keys: ["escape"], run: stepOut },
  {
    id: "view.settings",
    title: "Settings",
    group: "help",
    keys: ["mod+,"],
    words: "key budget storage health preferences",
    run: (editor) => editor.around.navigate("/settings"),
  },
];
