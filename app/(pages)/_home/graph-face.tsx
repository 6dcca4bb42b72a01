"use client";
import { useEffect, useRef, useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { mapPicture } from "#lib/client/editor/drafts/map-picture.ts";
import { loadFace } from "#lib/client/home/my-graphs.ts";
import type { Graph } from "#lib/protocol/graph.ts";

type Face = Awaited<ReturnType<typeof loadFace>>;

/** The last picture of a graph, or where its nodes stand. Looked for when the card comes into view, and again when the graph has changed. */
export function GraphFace({ id, etag }: { id: string; etag: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [face, setFace] = useState<Face>({});
  useEffect(() => {
    let wanted = true;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        seen.disconnect();
        // A card without a face still opens: what is wrong will be said there.
        loadFace(id).then(
          (found) => wanted && setFace(found),
          () => {},
        );
      },
      { rootMargin: "200px" },
    );
    if (place.current) seen.observe(place.current);
    return () => {
      wanted = false;
      seen.disconnect();
    };
  }, [id, etag]);
  return (
    <div ref={place} className="size-full">
      {face.picture ? (
        <img
          src={assetUrl(face.picture.asset, 640)}
          alt=""
          className="size-full animate-appear object-cover transition duration-150 group-hover:brightness-110"
        />
      ) : (
        face.graph && <GraphMap graph={face.graph} />
      )}
    </div>
  );
}

/** A graph from far away: cards and wires, no words. */
function GraphMap({ graph }: { graph: Graph }) {
  const { box, nodes, edges } = mapPicture(graph, () => "");
  if (nodes.length === 0)
    return <span className="grid size-full place-items-center text-[13px] text-soft">Still empty</span>;
  // A graph of one node is not a wall.
  const width = Math.max(box.width, 1500);
  return (
    <svg
      viewBox={`${box.x - (width - box.width) / 2} ${box.y} ${width} ${box.height}`}
      aria-hidden="true"
      className="size-full animate-appear p-3 text-soft"
    >
      {edges.map(({ id, from, to }) => (
        <path
          key={id}
          d={`M${from.x} ${from.y}C${(from.x + to.x) / 2} ${from.y} ${(from.x + to.x) / 2} ${to.y} ${to.x} ${to.y}`}
          fill="none"
          stroke="var(--brand)"
          strokeOpacity="0.7"
          strokeWidth={width / 220}
        />
      ))}
      {nodes.map(({ id, x, y, width, height }) => (
        <rect key={id} x={x} y={y} width={width} height={height} rx="28" fill="currentColor" fillOpacity="0.32" />
      ))}
    </svg>
  );
}
