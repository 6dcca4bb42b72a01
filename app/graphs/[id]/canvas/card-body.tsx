"use client";
import dynamic from "next/dynamic";
import { memo, useMemo } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import { bodyOf, type CardPicture } from "#lib/client/editor/canvas/card-body.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import type { NodeRun } from "#lib/client/editor/node-run.ts";
import type { GraphNode } from "#lib/protocol/graph.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";

const CardVerdict = dynamic(() => import("./card-verdict.tsx").then((part) => part.CardVerdict));

/** Longest side of previews in pixels: near, and from far away. */
const [NEAR, FAR] = [640, 160];

type BodyProps = { node: GraphNode; type: AnyNode; run: NodeRun | undefined; far: boolean };

/** The picture, edge to edge; words where there is none. */
export const CardBody = memo(function CardBody({ node, type, run, far }: BodyProps) {
  const body = useMemo(() => bodyOf(node, type, run), [node, type, run]);
  if (body.kind === "nothing") return null;
  if (body.kind === "words")
    return <p className={far ? "canvas-far-words" : "canvas-words"}>{far ? body.words.slice(0, 120) : body.words}</p>;
  const { pictures, more } = body;
  const title = titleOf(node, type);
  return (
    <div className="canvas-pictures" data-count={Math.min(pictures.length, 9)} data-stale={run?.stale || undefined}>
      {(far ? pictures.slice(0, 1) : pictures).map((picture, index) => (
        <Shown
          key={index}
          nodeId={node.id}
          picture={picture}
          alone={pictures.length === 1}
          far={far}
          alt={`${title}, picture ${index + 1}`}
        />
      ))}
      {more > 0 && !far && <span className="canvas-more">+{more}</span>}
    </div>
  );
});

/** One picture; its place has the final aspect before anything has arrived. */
function Shown({
  nodeId,
  picture,
  alone,
  far,
  alt,
}: {
  nodeId: string;
  picture: CardPicture;
  alone: boolean;
  far: boolean;
  alt: string;
}) {
  const { asset, url, width, height, partial, pending, verdict } = picture;
  if (pending) return <div className="canvas-pending" style={{ aspectRatio: `${width} / ${height}` }} />;
  const image = (
    <img
      src={asset === undefined ? url : assetUrl(asset, far ? FAR : NEAR)}
      alt={partial ? `${alt}, still being drawn` : alt}
      width={width}
      height={height}
      draggable={false}
      decoding="async"
      data-partial={partial || undefined}
      style={alone && width && height ? { aspectRatio: `${width} / ${height}` } : undefined}
    />
  );
  if (!verdict || far) return image;
  return (
    <div className="relative">
      {image}
      <CardVerdict nodeId={nodeId} asset={asset} verdict={verdict} small={!alone} />
    </div>
  );
}
