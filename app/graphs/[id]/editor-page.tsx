"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { openGraph } from "#lib/client/editor/drafts/open-graph.ts";
import type { SaveState } from "#lib/client/editor/state.ts";
import { createEditor, type Editor, select } from "#lib/client/editor/store.ts";
import { readWay } from "#lib/client/editor/subgraph/way-in.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";
import { EditorScreen } from "./editor-screen.tsx";

const registry = createRegistry(NODES);

/** Opens the graph of the address: this browser's draft or the server's newest revision. An id nobody has is a new, empty graph. */
export function EditorPage({ id, way, node }: { id: string; way?: string; node?: string }) {
  const router = useRouter();
  const [state, setState] = useState<{ editor?: Editor; error?: unknown }>({});
  useEffect(() => {
    let wanted = true;
    openGraph(id).then(
      ({ graph, save }) =>
        wanted && setState({ editor: opened(graph, save, (path) => router.push(path), { way, node }) }),
      (error: unknown) => wanted && setState({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [id, way, node, router]);
  if (state.error !== undefined)
    return (
      <main className="grid min-h-dvh place-items-center p-6 text-center">
        <p role="alert">{sayWhy(state.error)}</p>
      </main>
    );
  // On the way from one graph to another the old one is not to be worked on under the new address.
  if (state.editor?.getInitialState().document.id !== id)
    return <main className="min-h-dvh bg-canvas" aria-busy="true" aria-label="Opening the graph" />;
  return <EditorScreen key={`${id} ${way ?? ""}`} editor={state.editor} />;
}

function opened(
  graph: Graph,
  save: SaveState,
  navigate: (path: string) => void,
  at: { way?: string; node?: string },
): Editor {
  const editor = createEditor(graph, { registry, navigate, way: readWay(at.way) }, save);
  if (at.node !== undefined && graph.nodes.some(({ id }) => id === at.node)) select(editor, [at.node]);
  return editor;
}
