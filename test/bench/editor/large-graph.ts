import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Graph, GraphEdge, GraphNode } from "#lib/protocol/graph.ts";

const PICTURES = 20;
/** One node in so many draws from the ones before it. */
const EVERY = 5;
const STEP = { x: 400, y: 360 };

const PIXELS = { width: 640, height: 428 };

/** Small pictures that differ from each other, as PNG bytes. */
export const somePictures = (): Promise<Buffer[]> =>
  Promise.all(
    Array.from({ length: PICTURES }, (_, index) => {
      const [r = 0, g = 0, b = 0] = createHash("sha256").update(`picture ${index}`).digest();
      const bytes = Buffer.alloc(PIXELS.width * PIXELS.height * 3);
      for (let at = 0; at < bytes.length; at += 3) {
        const pixel = at / 3;
        const [x, y] = [(pixel % PIXELS.width) / PIXELS.width, Math.floor(pixel / PIXELS.width) / PIXELS.height];
        const inside = Math.hypot(x - 0.2 - index / 40, y - 0.5) < 0.25;
        bytes[at] = inside ? g : r * x + b * y;
        bytes[at + 1] = inside ? b : g * (1 - x) + r * y;
        bytes[at + 2] = inside ? r : b * x * y + 40;
      }
      return sharp(bytes, { raw: { ...PIXELS, channels: 3 } })
        .png()
        .toBuffer();
    }),
  );

/** A graph of `count` nodes in a square: references with a picture each, and every fifth a drawing node fed by the four before it. */
export function largeGraph(id: string, count: number, assets: readonly string[]): Graph {
  const columns = Math.ceil(Math.sqrt(count) / EVERY) * EVERY;
  const draws = (index: number) => index % EVERY === EVERY - 1;
  const nodes = Array.from({ length: count }, (_, index): GraphNode => {
    const config = draws(index) ? { size: "1536x1024" } : { assets: [{ asset: assets[index % assets.length] }] };
    return {
      id: `n${index}`,
      type: draws(index) ? "generate" : "reference",
      typeVersion: 1,
      title: `Node ${index}`,
      position: { x: STEP.x * (index % columns), y: STEP.y * Math.floor(index / columns) },
      config,
      take: 1,
      mode: "on",
    };
  });
  const edges = nodes.flatMap((_, index): GraphEdge[] => {
    if (draws(index)) return [];
    const target = `n${index - (index % EVERY) + EVERY - 1}`;
    if (Number(target.slice(1)) >= count) return [];
    return [{ id: `e${index}`, source: `n${index}`, sourceHandle: "image", target, targetHandle: "references" }];
  });
  return { format: "throughline/graph", version: 1, id, name: `${count} nodes`, inputs: [], nodes, edges, frames: [] };
}
