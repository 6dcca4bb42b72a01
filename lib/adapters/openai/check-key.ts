import OpenAI from "openai";

/** What asking the provider for its list of models told about a key; nothing is bought and the key is never quoted. */
export type KeyChecked = { ok: boolean; message: string };

/** Asks the provider whether it takes a key. `models`: names this product would like to find there. Never throws. */
export async function checkKey(options: {
  apiKey: string;
  baseURL?: string;
  models: readonly string[];
  timeoutMs?: number;
}): Promise<KeyChecked> {
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseURL,
    maxRetries: 0,
    timeout: options.timeoutMs ?? 15_000,
    logLevel: "off",
  });
  try {
    const known = new Set<string>();
    for await (const { id } of client.models.list()) known.add(id);
    const missing = options.models.filter((model) => !known.has(model));
    return missing.length === 0
      ? { ok: true, message: "The key works." }
      : { ok: true, message: `The key works, but this account does not list ${missing.join(", ")}.` };
  } catch (error) {
    return { ok: false, message: sayWhy(error) };
  }
}

function sayWhy(error: unknown): string {
  if (error instanceof OpenAI.AuthenticationError) return "The provider does not take this key.";
  if (error instanceof OpenAI.PermissionDeniedError)
    return "The provider knows the key, but does not let it list models.";
  if (error instanceof OpenAI.RateLimitError)
    return "The provider knows the key, but its limit or quota is used up for now.";
  if (error instanceof OpenAI.APIConnectionError) return "The provider cannot be reached from here.";
  if (error instanceof OpenAI.APIError && error.status !== undefined)
    return `The provider answered with ${error.status}.`;
  return "The provider's answer could not be read.";
}
