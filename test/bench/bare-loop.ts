import OpenAI from "openai";

/**
 * What one would write over the provider's SDK to get pictures fast and keep nothing: no ledger, no checks, no files. `concurrency` loops
 * take turns until `count` responses have streamed to their end. Gives the ms it took: what network, SDK and provider alone ask for.
 */
export async function bareLoop(url: string, count: number, concurrency: number, salt: string): Promise<number> {
  const client = new OpenAI({ apiKey: "bench", baseURL: url, maxRetries: 0 });
  let next = 0;
  const draw = async (index: number) => {
    const stream = await client.responses.create({
      model: "gpt-6.1-terra",
      instructions: "Draw exactly what is asked.",
      input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "A trail shoe on wet rock" }] }],
      background: true,
      store: true,
      stream: true,
      metadata: { call_key: `bare-${salt}-${index}` },
      tools: [
        {
          type: "image_generation",
          model: "gpt-image-2.5-flare",
          action: "generate",
          size: "auto",
          quality: "auto",
          background: "auto",
          output_format: "png",
          moderation: "auto",
          partial_images: 2,
        },
      ],
      tool_choice: { type: "image_generation" },
    });
    for await (const _event of stream) {
      // Read to the end.
    }
  };
  const began = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < count) await draw(next++);
    }),
  );
  return performance.now() - began;
}
