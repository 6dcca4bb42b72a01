import { invalid, notFound } from "../http/refusal.ts";
import { type ImageModel, isGone, type ModelsServed, type TextModel } from "../models-served.ts";

/** The image model of that name while it is served; 404 otherwise. */
export function imageModel(models: ModelsServed, id: string, param: string, nowMs: number): ImageModel {
  const found = models.image.find((model) => model.id === id);
  if (!found && models.text.some((model) => model.id === id))
    throw invalid("invalid_value", param, `The model '${id}' does not draw images.`);
  if (!found || isGone(found.shutdown, nowMs)) throw missing(id);
  return found;
}

/** The text model of that name while it is served; an image model here is a 400. */
export function textModel(models: ModelsServed, id: string, nowMs: number): TextModel {
  if (models.image.some((model) => model.id === id)) {
    throw invalid(
      "invalid_value",
      "model",
      `The model '${id}' cannot be used with the Responses API. Name it in the image_generation tool.`,
    );
  }
  const found = models.text.find((model) => model.id === id);
  if (!found || isGone(found.shutdown, nowMs)) throw missing(id);
  return found;
}

function missing(id: string) {
  return notFound(`The model '${id}' does not exist or you do not have access to it.`, "model", "model_not_found");
}
