import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { initSync, WasmBuilder, WasmReader } from "@contentauth/c2pa-wasm";
import { type Algorithm, coseSign1 } from "./cose.ts";

/** What a thread is asked for. Bytes are moved, not copied. */
export type Job =
  | { id: number; do: "read"; bytes: Uint8Array<ArrayBuffer>; mediaType: string }
  | {
      id: number;
      do: "sign";
      bytes: Uint8Array<ArrayBuffer>;
      mediaType: string;
      manifest: Record<string, unknown>;
      intent: unknown;
      actions: Record<string, unknown>[];
      parent?: { bytes: Uint8Array<ArrayBuffer>; mediaType: string; title: string };
      key: string;
      algorithm: Algorithm;
      chain: Uint8Array[];
      reserve: number;
    };
export type JobDone = { id: number; bytes?: Uint8Array<ArrayBuffer>; json?: string; error?: string };

/** Never the network: no remote manifests, no revocation lists, no time stamps. */
const SETTINGS = JSON.stringify({
  verify: { remote_manifest_fetch: false, ocsp_fetch: false, verify_after_sign: false },
});

/** Bytes with the three members of a Blob that the library reads; a real Blob can be read only later, never at once. */
class Held {
  readonly data: Uint8Array<ArrayBuffer>;
  constructor(data: Uint8Array<ArrayBuffer>) {
    this.data = data;
  }
  get size(): number {
    return this.data.length;
  }
  slice(from?: number, to?: number): Held {
    return new Held(this.data.subarray(from, to));
  }
}
// The library is made for browsers' threads, which have this reader.
Object.assign(globalThis, {
  FileReaderSync: class {
    readAsArrayBuffer({ data }: Held): ArrayBuffer {
      return data.slice().buffer;
    }
  },
});
const held = (data: Uint8Array<ArrayBuffer>): Blob => new Held(data) as unknown as Blob;

initSync({ module: readFileSync(fileURLToPath(import.meta.resolve("@contentauth/c2pa-wasm/c2pa.wasm"))) });

async function work(job: Job): Promise<Omit<JobDone, "id">> {
  if (job.do === "read") {
    using reader = await WasmReader.fromBytes(job.mediaType, job.bytes, SETTINGS);
    return { json: reader.json() };
  }
  using builder = WasmBuilder.fromJson(JSON.stringify(job.manifest), SETTINGS);
  builder.setIntent(job.intent);
  if (job.parent) {
    const about = { title: job.parent.title, relationship: "parentOf" };
    await builder.addIngredientFromBlob(JSON.stringify(about), job.parent.mediaType, held(job.parent.bytes));
  }
  for (const action of job.actions) builder.addAction(action);
  const key = createPrivateKey(job.key);
  const sign = async (claim: Uint8Array<ArrayBuffer>) => coseSign1(claim, key, job.algorithm, job.chain);
  const signer = { alg: job.algorithm.name, reserveSize: job.reserve, sign };
  return { bytes: new Uint8Array(await builder.sign(signer, [], job.mediaType, held(job.bytes))) };
}

parentPort?.on("message", async (job: Job) => {
  const done: JobDone = await work(job).then(
    (made) => ({ id: job.id, ...made }),
    (error) => ({ id: job.id, error: String(error?.message ?? error).slice(0, 300) }),
  );
  parentPort?.postMessage(done, done.bytes ? [done.bytes.buffer] : []);
});
