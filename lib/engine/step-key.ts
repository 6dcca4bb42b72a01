/** The name of a step: one node in one pass. */
export const stepKey = (nodeId: string, pass: number): string => `${nodeId}@${pass}`;

/** Reads a step's name; a bare node id means its first pass. */
export function parseStepKey(key: string): { nodeId: string; pass: number } {
  const [, nodeId, pass] = /^(.*)@([0-9]+)$/.exec(key) ?? [];
  return nodeId === undefined ? { nodeId: key, pass: 0 } : { nodeId, pass: Number(pass) };
}
