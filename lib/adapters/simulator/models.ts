import type { Call } from "./call.ts";
import { notFound } from "./http/refusal.ts";
import { json, type Reply } from "./http/reply.ts";
import { isGone } from "./models-served.ts";

/** GET /models and /models/{id}: what is served today, with the day it goes. */
export function listModels(call: Call, id?: string): Reply {
  const { models, now } = call.world;
  const served = [...models.image, ...models.text]
    .filter((model) => !isGone(model.shutdown, now()))
    .map((model) => ({
      id: model.id,
      object: "model",
      created: 1_770_000_000,
      owned_by: "openai",
      shutdown_date: model.shutdown,
    }));
  if (id === undefined) return json({ object: "list", data: served });
  const found = served.find((model) => model.id === id);
  if (!found)
    throw notFound(`The model '${id}' does not exist or you do not have access to it.`, "model", "model_not_found");
  return json(found);
}
