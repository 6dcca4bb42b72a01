import type { Command } from "../command.ts";
import type { Editor } from "../store.ts";
import { linkingType, linkOf, newerVersion } from "./link-of.ts";

/** What these do comes when it is first asked for: commands are read by everything. */
const actions = () => import("./actions.ts");

const one = (editor: Editor): string | undefined => {
  const { selectedNodes } = editor.getState().view;
  return selectedNodes.size === 1 ? [...selectedNodes][0] : undefined;
};
const linked = (editor: Editor): string | undefined => {
  const id = one(editor);
  return id !== undefined && linkOf(editor, id) ? id : undefined;
};
const toLinked = (act: (editor: Editor, id: string) => Promise<unknown>) => async (editor: Editor) => {
  const id = linked(editor);
  if (id !== undefined) await act(editor, id);
};

export const subgraphCommands: readonly Command[] = [
  {
    id: "edit.enclose",
    title: "Turn into a subgraph",
    group: "edit",
    keys: ["mod+shift+e"],
    words: "group collapse nest extract component reuse",
    can: (editor) => editor.getState().view.selectedNodes.size > 0 && linkingType(editor.around.registry) !== undefined,
    run: async (editor) =>
      void (await (await actions()).encloseNodes(editor, [...editor.getState().view.selectedNodes])),
  },
  {
    id: "edit.open-inside",
    title: "Open the subgraph",
    group: "edit",
    keys: ["enter"],
    words: "enter inside nested linked graph dive",
    can: (editor) => linked(editor) !== undefined,
    run: toLinked(async (editor, id) => (await actions()).openInside(editor, id)),
  },
  {
    id: "edit.take-version",
    title: "Take the newest version over",
    group: "edit",
    words: "update upgrade subgraph revision linked",
    can: (editor) => newerVersion(editor, one(editor) ?? "") !== undefined,
    run: toLinked(async (editor, id) => {
      const [link, newest] = [linkOf(editor, id), newerVersion(editor, id)];
      if (link && newest !== undefined) await (await actions()).linkTo(editor, id, link.graph, newest);
    }),
  },
  {
    id: "edit.unpack",
    title: "Unpack the subgraph",
    group: "edit",
    words: "unlink expand ungroup dissolve inline",
    can: (editor) => linked(editor) !== undefined,
    run: toLinked(async (editor, id) => (await actions()).unpackNode(editor, id)),
  },
  {
    id: "graph.leave",
    title: "Back to the graph around",
    group: "graph",
    words: "leave close subgraph up parent breadcrumb",
    can: (editor) => (editor.around.way?.length ?? 0) > 0,
    run: async (editor) => void (await (await actions()).leaveSubgraph(editor)),
  },
];
