import type { Graph, GraphNode } from "../../protocol/graph.ts";
import type { EstimateAnswer } from "../../protocol/http.ts";
import type { Problem } from "../../protocol/problems.ts";
import type { ImageValue, PortKind } from "../../protocol/values.ts";
import type { Registry } from "../../sdk/registry.ts";
import type { RunView } from "../watch-run.ts";
import type { History } from "./history.ts";
import type { NodeRun, NodeTake } from "./node-run.ts";
import type { WayIn } from "./subgraph/way-in.ts";

export type Point = { x: number; y: number };

/** Where a wire being drawn starts; `side` is the side of the node the port is on. */
export type PortRef = { nodeId: string; port: string; side: "in" | "out"; kind: PortKind };

/** What is open over the canvas. One at a time; Escape closes it. */
export type Dialog =
  /** The search box that adds a node: at a place on the screen, for a dragged port, or on an edge. */
  | { kind: "picker"; screen: Point; canvas: Point; from?: PortRef; edgeId?: string }
  /** Pictures of the archive, to be put on the canvas at a place as a reference. */
  | { kind: "from-archive"; screen: Point; canvas: Point }
  | { kind: "palette" }
  | { kind: "find" }
  | { kind: "keys" }
  /** Wires a node by choosing from lists; `disconnect` takes wires away the same way. */
  | { kind: "connect"; nodeId: string }
  | { kind: "disconnect"; nodeId: string }
  | { kind: "rename"; nodeId: string }
  /** What can be done with what is selected, at a place on the screen. */
  | { kind: "menu"; screen: Point; on: "node" | "edge" | "canvas" }
  | { kind: "mask"; nodeId: string; field: string }
  | { kind: "markup"; nodeId: string; field: string }
  | { kind: "keep"; nodeId?: string; base: ImageValue; from: ImageValue }
  | { kind: "compare"; before: ImageValue; after: ImageValue }
  | { kind: "picture"; pictures: readonly ImageValue[]; index: number }
  /** A spec sheet is written from the conversation behind a picture. */
  | { kind: "look"; picture: ImageValue; title: string }
  /** Two versions to compare; left out: the newest save and what is on the canvas. */
  | { kind: "versions"; older?: VersionRef; newer?: VersionRef }
  | { kind: "conflict" }
  /** Makes a template of the graph: its form, cover and words. */
  | { kind: "publish" };

/** A version of the document: what is on the canvas, a save on the server, a copy this browser kept. */
export type VersionRef = "now" | { revision: number } | { copy: number };

/** The panel of the left rail. */
export type Panel = "outline" | "inputs" | "queue" | "versions";

/** How safe the document is. `local`: kept in this browser, the server not reached yet. */
export type SaveState = {
  state: "saved" | "local" | "saving" | "offline" | "conflict" | "read-only";
  revision?: number;
  etag?: string;
  /** Epoch milliseconds of the last save. */
  savedAt?: number;
  /** A sentence for people when something is in the way. */
  message?: string;
  /** A sentence for people when this browser keeps no drafts. */
  unkept?: string;
  /** While the state is `conflict`: what stands on the server, and the version both sides began with where it is known. */
  conflict?: { theirs: GraphVersion; base?: Graph };
};

/** A document as the server has it; `etag` is what If-Match wants. */
export type GraphVersion = { graph: Graph; revision: number; etag: string };

/** A run this editor started or found, and what the last one was asked to do. */
export type RunSlice = {
  runId?: string;
  /** The click is on its way to the server. */
  starting: boolean;
  view?: RunView;
  error?: unknown;
  /** By node id; see NodeRun for why identities matter. */
  nodes: ReadonlyMap<string, NodeRun>;
  takes: ReadonlyMap<string, readonly NodeTake[]>;
  estimate?: EstimateAnswer;
  estimating: boolean;
};

export type ViewSlice = {
  selectedNodes: ReadonlySet<string>;
  selectedEdges: ReadonlySet<string>;
  selectedFrames: ReadonlySet<string>;
  dialog?: Dialog;
  panel?: Panel;
  inspectorOpen: boolean;
  /** The setting the inspector is asked to show: a new object each time it is asked. */
  field?: { nodeId: string; field: string };
  /** The newest sentence for screen readers, with a number so that the same sentence twice is read twice. */
  said: { text: string; n: number };
};

/** Everything the editor knows. `document` is what the user made, `run` is what happened; they are joined by node id and never mixed. */
export type EditorState = {
  document: Graph;
  history: History;
  problems: readonly Problem[];
  view: ViewSlice;
  run: RunSlice;
  save: SaveState;
};

/** What the canvas offers to commands; set while a canvas is mounted. */
export type Viewport = {
  /** Shows all nodes, or these. */
  fit(ids?: readonly string[]): void;
  /** 1 = 100 %. */
  zoomTo(zoom: number): void;
  zoomBy(factor: number): void;
  /** A place on the screen (client pixels) in canvas units. */
  toCanvas(screen: Point): Point;
  /** A place on the canvas in client pixels. */
  toScreen(canvas: Point): Point;
  /** The middle of what is visible, in canvas units. */
  center(): Point;
  /** Width and height of a node as drawn, canvas units. */
  sizeOf(node: GraphNode): { width: number; height: number };
  /** Moves keyboard focus to a card. */
  focus(nodeId: string): void;
};

/** What surrounds the editor and is not state. */
export type Surroundings = {
  registry: Registry;
  viewport?: Viewport;
  navigate(path: string): void;
  /** The nodes that were opened to get here, from the outermost graph on; left out for a graph that was opened by itself. */
  way?: readonly WayIn[];
};
