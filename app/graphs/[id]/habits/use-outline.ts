"use client";
import { useMemo } from "react";
import type { Part, Row } from "#lib/client/editor/habits/outline.ts";
import { wireLines } from "#lib/client/editor/habits/wiring.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { Graph } from "#lib/protocol/graph.ts";

/** A row of the outline; `text` and `other` belong to wires, `place` says "2 of 5" among its neighbours. */
export type OutlineRow = Row & { text?: string; other?: string; place: number; of: number };

/** The rows that can be seen: what is shut hides what is in it. */
export function useOutline(
  document: Graph,
  parts: readonly Part[],
  shut: ReadonlySet<string>,
  wires: ReadonlySet<string>,
): OutlineRow[] {
  const { registry } = useEditor().around;
  return useMemo(() => {
    const alone = parts.every(({ frame }) => frame === undefined);
    const rows: OutlineRow[] = [];
    const top = parts.flatMap((part) => (part.frame ? [part] : part.nodes.map((node) => ({ nodes: [node] }))));
    for (const [index, part] of top.entries()) {
      const frame = "frame" in part ? part.frame : undefined;
      const open = frame ? !shut.has(frame.id) : undefined;
      if (frame) rows.push({ key: `frame ${frame.id}`, level: 1, open, place: index + 1, of: top.length });
      if (open === false) continue;
      const level = frame && !alone ? 2 : 1;
      for (const [at, node] of part.nodes.entries()) {
        const lines = wireLines(document, registry, node.id);
        const [place, of] = frame ? [at + 1, part.nodes.length] : [index + 1, top.length];
        const shown = wires.has(node.id);
        rows.push({ key: `node ${node.id}`, level, open: lines.length > 0 ? shown : undefined, place, of });
        if (!shown) continue;
        for (const [n, { edgeId, text, other }] of lines.entries())
          rows.push({
            key: `edge ${edgeId} ${node.id}`,
            level: level + 1,
            text,
            other,
            place: n + 1,
            of: lines.length,
          });
      }
    }
    return rows;
  }, [document, parts, shut, wires, registry]);
}
