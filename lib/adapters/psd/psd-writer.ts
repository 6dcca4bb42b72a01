import { Worker } from "node:worker_threads";
import { StepError } from "../../protocol/failure.ts";
import type { PsdDocument, PsdWriter } from "../../runtime/ports/export-formats.ts";
import type { PsdDone } from "./thread.ts";

/** The largest document takes some seconds (ms). */
const WRITE_MS = 120_000;

/**
 * Layered Photoshop documents, one after another, each in a thread of its own: the pixels of a large one are hundreds of megabytes, which go
 * back to the system with the thread, and nothing else waits while it is packed.
 */
export function createPsdWriter(): PsdWriter {
  let before: Promise<unknown> = Promise.resolve();
  let current: Worker | undefined;
  const inTurn = async (document: PsdDocument): Promise<Buffer> => {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), { execArgv: [], env: {} });
    current = worker;
    const guard = setTimeout(() => void worker.terminate(), WRITE_MS);
    try {
      const done = await new Promise<PsdDone>((resolve) => {
        worker.once("message", resolve);
        worker.once("error", (error) => resolve({ error: error instanceof Error ? error.message : String(error) }));
        worker.once("exit", () => resolve({ error: "the thread ended" }));
        worker.postMessage(document, movable(document));
      });
      if ("error" in done)
        throw new StepError("PSD_FAILED", "The layered document could not be written.", {
          details: { why: done.error },
        });
      return Buffer.from(done.bytes.buffer, done.bytes.byteOffset, done.bytes.length);
    } finally {
      clearTimeout(guard);
      await worker.terminate();
    }
  };
  return {
    write(document) {
      const mine = before.then(() => inTurn(document));
      before = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      await current?.terminate();
    },
  };
}

const movable = ({ layers, flat }: PsdDocument): ArrayBuffer[] => [
  ...new Set([
    flat.data.buffer,
    ...layers.flatMap(({ pixels, mask }) => [pixels.data.buffer, ...(mask ? [mask.pixels.data.buffer] : [])]),
  ]),
];
