import type { AnswerFault } from "./fault-script.ts";

const PADDING = 48 * 1024 * 1024;

/** An Image API answer as a faulty provider sends it. */
export function spoilImages(answer: Record<string, unknown>, fault: AnswerFault | null): Record<string, unknown> {
  if (!fault) return answer;
  const { name, args } = fault;
  const data = answer.data as { b64_json: string | null }[];
  if (name === "null-result") return { ...answer, data: [{ b64_json: null }] };
  if (name === "text-only") return { ...answer, data: [] };
  if (name === "not-an-image")
    return { ...answer, data: [{ b64_json: Buffer.from("this is not a picture").toString("base64") }] };
  if (name === "wrong-mime") return { ...answer, output_format: answer.output_format === "webp" ? "png" : "webp" };
  if (name === "huge-b64") {
    const bytes = Buffer.concat([Buffer.from(data[0]!.b64_json ?? "", "base64"), Buffer.alloc(args.bytes ?? PADDING)]);
    return { ...answer, data: [{ b64_json: bytes.toString("base64") }] };
  }
  if (name === "missing-usage") return Object.fromEntries(Object.entries(answer).filter(([key]) => key !== "usage"));
  if (name === "bad-usage") return { ...answer, usage: { input_tokens: -7, output_tokens: -7, total_tokens: -7 } };
  return answer;
}
