import type * as z from "zod";
import type { Imported } from "../../../protocol/bundle.ts";
import type { Graph } from "../../../protocol/graph.ts";
import { graphInPng } from "../../../protocol/graph-in-picture.ts";
import type { AssetStored } from "../../../protocol/http.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { ApiError, sayWhy } from "../../call-api.ts";
import { importOverHttp } from "../../home/import-file.ts";
import { count } from "../../words.ts";
import { addNode, setSetting } from "../edit/edit-nodes.ts";
import { clipOf, pasteClip, readPaste } from "../edit/paste.ts";
import { nodesById } from "../graph-index.ts";
import type { Point } from "../state.ts";
import { change, type Editor, select } from "../store.ts";
import { fieldWith, pictureHolder } from "./config-fields.ts";
import { notify } from "./notices.ts";
import { goToNode, nameOf } from "./pointer.ts";

/** What reaches the server; tests hand in their own. */
export type Outside = {
  /** Stores a picture and gives its asset id. Throws ApiError or TypeError. */
  storePicture(file: File): Promise<string>;
  /** Saves a document under an id nobody has and gives the id. */
  saveNew(graph: Graph): Promise<string>;
  /** Makes a draft of a bundle and says what became of it. */
  importBundle(file: File): Promise<Imported>;
};

/** How files came: where, onto which node, and with Alt (put a graph's nodes here instead of opening it). */
export type Drop = { at: Point; onto?: string; insert?: boolean };

const PICTURE = /^image\/(png|jpeg|webp)$/;
const isGraphFile = (file: File): boolean => file.type === "application/json" || /\.json$/i.test(file.name);

/**
 * Takes files from a drop or the clipboard: pictures become a node that holds them (or go into the node they fell on), graphs open as new
 * graphs or lend their nodes. Every file that cannot be taken is told by name.
 */
export async function takeInFiles(
  editor: Editor,
  files: readonly File[],
  drop: Drop,
  outside: Outside = server,
): Promise<void> {
  const pictures: File[] = [];
  for (const file of files) {
    const holdsPictures = drop.onto !== undefined && pictureField(editor, drop.onto) !== undefined;
    if (PICTURE.test(file.type)) {
      if (holdsPictures || !(await takeGraph(editor, file, drop, outside))) pictures.push(file);
    } else if (isGraphFile(file)) await takeGraph(editor, file, drop, outside);
    else if (/\.zip$/i.test(file.name)) await takeBundle(editor, file, outside);
    else notify(editor, `${called(file)} is neither a picture (PNG, JPEG, WebP) nor a graph.`, "fail");
  }
  if (pictures.length > 0) await takePictures(editor, pictures, drop, outside);
}

const called = (file: File): string => (file.name === "" ? "This file" : `“${file.name.slice(0, 80)}”`);

/** Opens the graph a file holds; false when it is a picture that holds none. */
async function takeGraph(editor: Editor, file: File, drop: Drop, outside: Outside): Promise<boolean> {
  const isPicture = PICTURE.test(file.type);
  const limit = isPicture ? LIMITS.uploadBytes : LIMITS.jsonBytes;
  if (file.size > limit) {
    notify(editor, `${called(file)} is larger than the limit of ${limit / 1024 / 1024} MB.`, "fail");
    return true;
  }
  const found = isPicture ? graphInPng(new Uint8Array(await file.arrayBuffer())) : { json: await file.text() };
  if (!found) return false;
  const read = "problem" in found ? { kind: "refused" as const, why: found.problem } : readPaste(found.json);
  if (read.kind === "refused" || read.kind === "text") {
    notify(
      editor,
      `${called(file)} holds no graph that can be opened. ${read.kind === "refused" ? read.why : ""}`.trim(),
      "fail",
    );
    return true;
  }
  const clip = read.kind === "graph" ? clipOf(read.graph) : read.clip;
  if (drop.insert || read.kind === "clip") {
    const pasted = pasteClip(editor.getState().document, editor.around.registry, clip, drop.at);
    if (pasted.refused) notify(editor, pasted.refused, "fail");
    else if (change(editor, `Insert ${file.name}`, () => pasted.graph)) {
      select(editor, pasted.nodes, [], pasted.frames);
      notify(editor, `${count(pasted.nodes.length, "node")} of ${called(file)} inserted.`);
    }
    return true;
  }
  try {
    const id = await outside.saveNew(read.graph);
    notify(editor, `${called(file)} opens as a new graph.`);
    editor.around.navigate(`/graphs/${encodeURIComponent(id)}`);
  } catch (error) {
    notify(editor, `${called(file)} could not be opened. ${sayWhy(error)}`, "fail");
  }
  return true;
}

/** A bundle always opens as a graph of its own: its pictures and sheets come with it. */
async function takeBundle(editor: Editor, file: File, outside: Outside): Promise<void> {
  try {
    const { graphId, warnings } = await outside.importBundle(file);
    const left = warnings.length === 0 ? "" : ` ${warnings.map(({ message }) => message).join(" ")}`;
    notify(editor, `${called(file)} opens as a new graph.${left}`);
    editor.around.navigate(`/graphs/${encodeURIComponent(graphId)}`);
  } catch (error) {
    notify(editor, `${called(file)} could not be opened. ${sayWhy(error)}`, "fail");
  }
}

const pictureField = (editor: Editor, nodeId: string): string | undefined => {
  const node = nodesById(editor.getState().document).get(nodeId);
  const type = editor.around.registry.get(node?.type ?? "");
  return type && fieldWith(type, "assets");
};

async function takePictures(editor: Editor, files: readonly File[], drop: Drop, outside: Outside): Promise<void> {
  const taken = files.slice(0, LIMITS.imagesPerCall);
  if (taken.length < files.length)
    notify(editor, `The first ${taken.length} of ${files.length} pictures are taken.`, "fail");
  const assets: string[] = [];
  for (const file of taken) {
    try {
      if (file.size > LIMITS.uploadBytes)
        throw new Error(`It is larger than the limit of ${LIMITS.uploadBytes / 1024 / 1024} MB.`);
      assets.push(await outside.storePicture(file));
    } catch (error) {
      const known = error instanceof ApiError || error instanceof TypeError;
      const why = known ? sayWhy(error) : error instanceof Error ? error.message : "";
      notify(editor, `${called(file)} could not be taken. ${why}`, "fail");
    }
  }
  if (assets.length > 0) holdPictures(editor, assets, drop);
}

/** Gives stored pictures to the node they fell on, or to a new one. One step to undo. */
export function holdPictures(editor: Editor, assets: readonly string[], drop: Drop): void {
  const words = count(assets.length, "picture");
  const field = drop.onto === undefined ? undefined : pictureField(editor, drop.onto);
  if (drop.onto !== undefined && field !== undefined) {
    const id = drop.onto;
    change(editor, `Add ${words}`, (graph) => {
      const now = nodesById(graph).get(id)?.config[field];
      const before = Array.isArray(now) ? (now as { asset?: unknown }[]) : [];
      const known = new Set(before.map(({ asset }) => asset));
      const more = assets.filter((asset) => !known.has(asset)).map((asset) => ({ asset }));
      return more.length === 0
        ? graph
        : setSetting(graph, id, field, [...before, ...more].slice(0, LIMITS.imagesPerCall));
    });
    notify(editor, `${words} added to ${nameOf(editor, id)}.`);
    return;
  }
  const holder = pictureHolder(editor.around.registry);
  if (!holder) {
    notify(editor, "There is no node here that holds pictures.", "fail");
    return;
  }
  const config = { [holder.field]: [...new Set(assets)].map((asset) => ({ asset })) };
  const { graph, id } = addNode(editor.getState().document, holder.type, drop.at, config);
  const said = `${holder.type.title} with ${words} added`;
  change(editor, `Add ${words}`, () => graph, { select: [id], say: said });
  goToNode(editor, id);
}

const server: Outside = {
  async storePicture(file) {
    const answer = await fetch("/api/assets", {
      method: "POST",
      headers: { "content-type": file.type, "x-file-name": encodeURIComponent(file.name).slice(0, 200) },
      body: file,
    });
    if (!answer.ok) throw new ApiError(answer.status, await answer.json().catch(() => undefined));
    return ((await answer.json()) as z.infer<typeof AssetStored>).asset;
  },
  async saveNew(graph) {
    // As an import, so that nothing a stranger wrote runs before somebody has seen whom it would contact.
    const document = JSON.stringify({ ...graph, id: freshId(graph.name) });
    return (await importOverHttp(new File([document], "graph.json"))).graphId;
  },
  importBundle: importOverHttp,
};

/** An id that reads like the name and that nobody has. */
function freshId(name: string): string {
  const stem = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return `${stem || "graph"}-${crypto.randomUUID().slice(0, 8)}`;
}
