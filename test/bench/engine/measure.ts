import { median, ms, quantile, type Row, times } from "../figures.ts";
import type { Peers } from "../load-peers.ts";
import { chainGraph } from "./chain.ts";
import { loopWithMap, loopWithRows } from "./hand-written.ts";
import { openEngine } from "./throughline.ts";

const LENGTHS = [100, 450, 1000] as const;
/** Everybody takes turns in every round, so that a slow moment of the machine hits all alike. */
const ROUNDS = 5;

/** Cost of one journaled local step, beside engines that keep nothing. */
export async function measureEngine(peers: Peers, say: (text: string) => void): Promise<Row[]> {
  const engine = await openEngine();
  try {
    await engine.run(chainGraph(100, "warm"));
    const ours = new Map<number, { perStep: number[]; totals: number[] }>();
    const others = new Map<string, number[]>();
    const keep = (name: string, length: number, total: number) =>
      others.set(`${name} ${length}`, [...(others.get(`${name} ${length}`) ?? []), total / (length - 1)]);
    for (let round = 0; round < ROUNDS; round += 1) {
      say(`engine: round ${round + 1} of ${ROUNDS}`);
      for (const length of LENGTHS) {
        const salt = `${length}-${round}`;
        const run = await engine.run(chainGraph(length, salt));
        const known = ours.get(length) ?? { perStep: [], totals: [] };
        ours.set(length, { perStep: [...known.perStep, ...run.perStep], totals: [...known.totals, run.total] });
        keep("rows", length, await loopWithRows(length, salt));
        keep("map", length, await loopWithMap(length, salt));
        keep("langgraph", length, await peers.langgraphChain(length, salt));
        keep("rete", length, await peers.reteChain(length, salt));
      }
    }
    const rows: Row[] = LENGTHS.map((length) => {
      const { perStep, totals } = ours.get(length)!;
      return {
        what: `journaled local step, chain of ${length}`,
        value: ms(median(perStep)),
        note: `median; p99 ${ms(quantile(perStep, 0.99))}; whole run ${ms(median(totals))}`,
      };
    });
    const own = (length: number) => median(ours.get(length)!.perStep);
    const other = (name: string, length: number) => median(others.get(`${name} ${length}`)!);
    rows.push({
      what: "  cost of a step at 1,000 nodes against 100",
      value: times(own(1000) / own(100)),
      note: "1.0× = linear",
    });
    for (const [name, what, note] of [
      ["rows", "  loop with one durable SQLite row a step", "what the disk alone asks for"],
      ["map", "  hand-written loop with a Map", "keeps nothing"],
      ["langgraph", "  @langchain/langgraph, checkpoints in memory", "keeps nothing on disk"],
      ["rete", "  rete-engine dataflow", "keeps nothing"],
    ] as const)
      rows.push({
        what,
        value: ms(other(name, 1000)),
        beside: `ours ${times(own(1000) / other(name, 1000))}`,
        note: `chain of 1,000; of 100: ${ms(other(name, 100))}; ${note}`,
      });
    return rows;
  } finally {
    await engine.close();
  }
}

/** The second run of an unchanged graph of 200 nodes: everything from the cache. */
export async function measureCache(say: (text: string) => void): Promise<Row[]> {
  say("cache: a graph of 200 nodes, run again");
  const engine = await openEngine();
  try {
    const cold: number[] = [];
    const warm: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const graph = chainGraph(200, `cache-${round}`);
      cold.push((await engine.run(graph)).total);
      const again = await engine.run(graph);
      if (again.perStep.length > 0) throw new Error("A cached step ran.");
      warm.push(again.total);
    }
    return [
      {
        what: "200 nodes again, all from the cache",
        value: ms(median(warm)),
        beside: `cold ${ms(median(cold))}`,
        note: `${ms(median(warm) / 200)} a node`,
      },
    ];
  } finally {
    await engine.close();
  }
}
