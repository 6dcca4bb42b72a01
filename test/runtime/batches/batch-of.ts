import { readCsv } from "#lib/protocol/table/read-csv.ts";
import { ProviderError } from "#lib/runtime/ports.ts";
import { type Script, scriptedProvider } from "#test/runtime/scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "#test/runtime/test-studio.ts";

/** One picture per row: its words from the input `product`, and an evening version of it that continues the thread. */
export const heroGraph = (more: Record<string, unknown> = {}) =>
  graph(
    [
      node("words", "prompt", { text: "{{product}} on {{ground}}" }),
      node("hero", "generate", { partials: 0 }),
      node("ask", "text", { text: "{{light}}" }),
      node("late", "edit", { partials: 0 }),
    ],
    [edge("words.text", "hero.prompt"), edge("hero.image", "late.image"), edge("ask.text", "late.instruction")],
    {
      id: "hero",
      name: "Hero",
      inputs: [
        { key: "product", type: "text", required: true },
        { key: "ground", type: "text", default: "wet rock" },
        { key: "light", type: "text", default: "at dusk" },
      ],
      ...more,
    },
  );

/** Twelve rows with everything a table may hold; row 7 (from 0 on: 6) is refused. */
export const twelve = (refused = "forbidden thing") =>
  readCsv(
    [
      "SKU;Product;note",
      ...Array.from({ length: 12 }, (_, n) => {
        const product = n === 6 ? refused : `"shoe ${n}, ""røde"" 靴\nwith laces 👟"`;
        return `00${n};${product};=SUM(A${n})`;
      }),
    ].join("\n"),
  );

export const refuses =
  (words: string): Script =>
  (request) =>
    JSON.stringify(request).includes(words)
      ? new ProviderError("refused", "moderation_blocked", "Your request was rejected.")
      : undefined;

/** A studio with a scripted provider and a batch brought to rest in it. */
export async function openBatchStudio(
  script?: Script,
  options: Parameters<typeof openTestStudio>[1] & {
    latencyMs?: number;
    fake?: ReturnType<typeof scriptedProvider>;
  } = {},
) {
  const fake = options.fake ?? scriptedProvider({ script, latencyMs: options.latencyMs });
  const opened = await openTestStudio(fake.provider, options);
  const { batches } = opened.studio;
  const rest = async (batchId: string) => {
    await batches.drive(batchId);
    const document = await batches.get(batchId, { from: 0, limit: 200 });
    if (!document) throw new Error("no batch");
    return document;
  };
  const go = async (request: Parameters<typeof batches.create>[0]) => {
    const { batchId } = await batches.create(request);
    return await rest(batchId);
  };
  const text = async (batchId: string) => {
    let whole = "";
    for await (const part of batches.csv(batchId)) whole += part;
    return whole;
  };
  return { ...opened, ...fake, batches, rest, go, text };
}
