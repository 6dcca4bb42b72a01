import type { OutputItem } from "../responses/compose.ts";
import type { AnswerFault } from "./fault-script.ts";

const PADDING = 48 * 1024 * 1024;

/** A picture item as a faulty answer carries it. */
export function spoilPicture(item: OutputItem, bytes: Uint8Array, fault: AnswerFault): OutputItem {
  const { name, args } = fault;
  if (name === "null-result") return { ...item, result: null };
  if (name === "not-an-image")
    return { ...item, result: Buffer.from("<html>this is not a picture</html>").toString("base64") };
  if (name === "huge-b64")
    return { ...item, result: Buffer.concat([bytes, Buffer.alloc(args.bytes ?? PADDING)]).toString("base64") };
  if (name === "wrong-mime") return { ...item, output_format: item.output_format === "webp" ? "png" : "webp" };
  if (name === "moderation-in-200") {
    return {
      ...item,
      status: "failed",
      result: null,
      error: {
        code: args.code ?? "moderation_blocked",
        message: "Your request was rejected by the safety system.",
        param: null,
        type: "image_generation_user_error",
        moderation_details: { moderation_stage: "output", categories: args.categories ?? ["violence"] },
      },
    };
  }
  return item;
}
