import type { ArchiveRow } from "#lib/runtime/ports.ts";
import { anEntry } from "../conformance/rows.ts";

const THINGS = ["lighthouse", "sneaker", "owl", "bottle", "boat", "lamp", "harbour", "teapot", "tram", "kite"];
const MOODS = ["fog", "dusk", "noon", "rain", "snow", "moonlight", "spring"];
const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? "";

/** So many entries as a busy year leaves behind: a few dozen graphs, tags that many share, prompts of some length. The same every time. */
export const anArchive = (count: number): ArchiveRow[] =>
  Array.from({ length: count }, (_, n) => {
    const [thing, mood] = [pick(THINGS, n * 7), pick(MOODS, n * 3)];
    const graph = `graph-${(n * 13) % 37}`;
    return anEntry(`entry-${n}`, {
      name: `campaign/${graph}/${thing}-${n}`,
      title: `A ${thing} in ${mood}`,
      tags: [thing, mood, `year-${2020 + (n % 7)}`].slice(0, n % 4),
      ...(n % 3 === 0 ? { collection: `Collection ${n % 41}` } : {}),
      createdAt: Date.UTC(2025, 0, 1) + n * 300_000,
      asset: `sha256:${n.toString(16).padStart(64, "0")}`,
      record: {
        graph: { id: graph, name: `Graph ${graph}`, revision: "r" },
        run: { id: "run-1", inputs: { product: thing, mood } },
        made: {
          imageModel: pick(["gpt-image-2", "gpt-image-2-mini", "gpt-image-1.5"], n),
          prompt: `A ${thing} in ${mood}, ${"seen from afar with a long lens and soft light, ".repeat(6)} number ${n}`,
          revisedPrompt: `Photograph of a ${thing} during ${mood}, ${"calm colours and a clear silhouette, ".repeat(6)}`,
        },
        verdicts:
          n % 5 === 0
            ? [{ decision: pick(["pass", "iterate", "reject"], n), score: (n % 100) / 100, notes: "fine" }]
            : [],
        width: 1024,
        height: 1024,
        ...(n % 2 === 0 ? { simulated: true } : {}),
      },
    });
  });
