import { gather } from "#lib/engine/gather.ts";
import { parseStepKey, stepKey } from "#lib/engine/settle.ts";
import type { Plan, StepRow } from "#lib/engine/types.ts";
import type { Failure } from "#lib/protocol/failure.ts";
import type { Value } from "#lib/protocol/values.ts";
import { image } from "./small-values.ts";

/** A row in short: a state, or what left by which port (`{ image: 2 }` = two pictures), or a failure. */
export type RowInShort =
  | StepRow["state"]
  | Record<string, number | Value[]>
  | { fails: string; gave?: Record<string, Value[]> };

/** Step rows by key (`"gate@1"`, or `"gate"` for the first pass). Counts how often it was read. */
export function stepTable(rows: Record<string, RowInShort>) {
  const table = new Map<string, StepRow>();
  let reads = 0;
  const put = (key: string, short: RowInShort) => {
    const { nodeId, pass } = parseStepKey(key);
    table.set(stepKey(nodeId, pass), rowOf(nodeId, pass, short));
  };
  for (const [key, short] of Object.entries(rows)) put(key, short);
  return {
    get(key: string) {
      reads += 1;
      return table.get(key);
    },
    put,
    set: (key: string, row: StepRow) => void table.set(key, row),
    keys: () => [...table.keys()],
    reads: () => reads,
  };
}
export type StepTable = ReturnType<typeof stepTable>;

function rowOf(nodeId: string, pass: number, short: RowInShort): StepRow {
  if (typeof short === "string") return { nodeId, pass, state: short };
  if ("fails" in short && typeof short.fails === "string") {
    const error: Failure = { code: short.fails, message: `it was ${short.fails}` };
    return {
      nodeId,
      pass,
      state: "failed",
      error,
      ...("gave" in short ? { outputs: short.gave as Record<string, Value[]> } : {}),
    };
  }
  const outputs = Object.entries(short as Record<string, number | Value[]>).map(([port, given]): [string, Value[]] => [
    port,
    typeof given === "number" ? Array.from({ length: given }, (_, i) => image(`${nodeId}${pass}${port}${i}`)) : given,
  ]);
  return { nodeId, pass, state: "done", outputs: Object.fromEntries(outputs) };
}

/** What arrives at a port, in short: the names pictures were made with. */
export const arrivals = (plan: Plan, steps: StepTable, key: string, port: string): string[][] => {
  const { nodeId, pass } = parseStepKey(key);
  return gather(plan, steps, nodeId, pass).items.map((item) => [item[port] ?? []].flat().map(nameOf));
};

function nameOf(value: Value): string {
  if (value.kind === "text") return value.text;
  if (value.kind !== "image") return value.kind;
  const hex = value.asset.slice(7).replace(/(00)+$/, "");
  return (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");
}
