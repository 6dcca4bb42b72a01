// Written by `npm run gen` (bin/generate-node-index.ts) from the files of this folder. Do not edit.
import type { AnyNode } from "#lib/sdk/index.ts";
import archiveNode from "./archive.ts";
import briefNode from "./brief.ts";
import converseNode from "./converse.ts";
import distilNode from "./distil.ts";
import editNode from "./edit.ts";
import encodeNode from "./encode.ts";
import generateNode from "./generate.ts";
import gradeNode from "./grade.ts";
import keepRegionNode from "./keep-region.ts";
import markupNode from "./markup.ts";
import maskNode from "./mask.ts";
import noteNode from "./note.ts";
import numberNode from "./number.ts";
import overlayNode from "./overlay.ts";
import pickNode from "./pick.ts";
import promptNode from "./prompt.ts";
import qaGateNode from "./qa-gate.ts";
import referenceNode from "./reference.ts";
import rerouteNode from "./reroute.ts";
import resizeNode from "./resize.ts";
import reviewNode from "./review.ts";
import specSheetNode from "./spec-sheet.ts";
import subgraphNode from "./subgraph.ts";
import switchNode from "./switch.ts";
import textNode from "./text.ts";
import upscaleNode from "./upscale.ts";
import webhookNode from "./webhook.ts";

/** Every node type there is, by name. */
export const NODES: AnyNode[] = [
  archiveNode,
  briefNode,
  converseNode,
  distilNode,
  editNode,
  encodeNode,
  generateNode,
  gradeNode,
  keepRegionNode,
  markupNode,
  maskNode,
  noteNode,
  numberNode,
  overlayNode,
  pickNode,
  promptNode,
  qaGateNode,
  referenceNode,
  rerouteNode,
  resizeNode,
  reviewNode,
  specSheetNode,
  subgraphNode,
  switchNode,
  textNode,
  upscaleNode,
  webhookNode,
];
