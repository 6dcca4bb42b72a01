import type { ProviderRequest } from "./ports.ts";

type Without<T> = T extends unknown ? Omit<T, "callKey"> : never;
/** A request that has no call key yet. `rehydrated` marks one that stands for a lost thread. */
export type Omitted = Without<ProviderRequest> & { rehydrated?: boolean };

/** A request as people read it in a run and as the archive keeps it: words, ids and settings, never pixels. */
export function describeRequest(request: Omitted): Record<string, unknown> {
  if (request.lane === "oneshot") return { ...request };
  const { parts, ...rest } = request;
  const words = parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  const images = parts.flatMap((part) => (part.type === "image" ? [part.asset] : []));
  return { ...rest, prompt: words.join("\n\n"), images };
}
