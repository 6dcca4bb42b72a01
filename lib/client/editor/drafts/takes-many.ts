import type { Registry } from "../../../sdk/registry.ts";
import { portsOf } from "../edit/connect.ts";
import type { TakesMany } from "./merge-graphs.ts";

/** Which ports take several wires, as the node types say. */
export const takesMany =
  (registry: Registry): TakesMany =>
  (node, port) =>
    portsOf(registry.get(node.type), "in", node.config)[port]?.many ?? false;
