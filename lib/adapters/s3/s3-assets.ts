import { createHash } from "node:crypto";
import { addAbortSignal, type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { AssetId } from "#lib/protocol/values.ts";
import { AssetMissing, type AssetStore } from "#lib/runtime/ports.ts";
import { createClient, type S3Place } from "./client.ts";
import { absent, unusable } from "./s3-errors.ts";

const NAME = /^sha256:([0-9a-f]{64})$/;
/** One request with its repetitions and its body. */
const WHOLE_MS = 120_000;
/** A known object older than this is written again, so that the collector, which spares what is younger than an hour, spares it. */
const YOUNG_MS = 600_000;

/**
 * Assets as objects `<prefix>/assets/<first two hex>/<hex>`, as the embedded store lays out its files. An object appears whole or not at all, and
 * the same name always has the same bytes; so writers need no agreement. Throws DiskFull while the store cannot be used. `now` in epoch ms.
 */
export function createS3Assets(
  place: S3Place,
  { wholeMs = WHOLE_MS, now = Date.now }: { wholeMs?: number; now?: () => number } = {},
): AssetStore {
  const client = createClient(place);
  const Bucket = place.bucket;
  const root = `${place.prefix && `${place.prefix}/`}assets/`;
  const keyOf = (asset: string): string | undefined => {
    const hex = NAME.exec(asset)?.[1];
    return hex && `${root}${hex.slice(0, 2)}/${hex}`;
  };

  /** Runs one exchange with the store; what it throws, other than about the asset itself, is the store's condition. */
  const exchange = async <T>(work: (abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await work(AbortSignal.timeout(wholeMs));
    } catch (error) {
      if (error instanceof AssetMissing) throw error;
      throw unusable(error, place);
    }
  };

  const look = async (Key: string, abortSignal: AbortSignal) => {
    try {
      return await client.send(new HeadObjectCommand({ Bucket, Key }), { abortSignal });
    } catch (error) {
      if (absent(error)) return undefined;
      throw error;
    }
  };

  return {
    put: (bytes) =>
      exchange(async (abortSignal) => {
        const asset = nameOf(bytes);
        const Key = keyOf(asset)!;
        const found = await look(Key, abortSignal);
        const known = found?.ContentLength === bytes.length;
        if (known && now() - (found?.LastModified?.getTime() ?? 0) < YOUNG_MS) return { asset, known };
        await client.send(new PutObjectCommand({ Bucket, Key, Body: bytes, ContentLength: bytes.length }), {
          abortSignal,
        });
        return { asset, known };
      }),

    get: (asset) =>
      exchange(async (abortSignal) => {
        const Key = keyOf(asset);
        if (Key === undefined) throw new AssetMissing(asset, "is no asset name (sha256: and 64 hex digits)");
        let bytes: Buffer;
        try {
          const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal });
          bytes = Body ? await buffer(addAbortSignal(abortSignal, Body as Readable)) : Buffer.alloc(0);
        } catch (error) {
          if (absent(error))
            throw new AssetMissing(asset, `is not in the store: there is no object ${Key} in ${Bucket}`);
          throw error;
        }
        if (nameOf(bytes) !== asset)
          throw new AssetMissing(asset, `is damaged: the bytes of ${Key} in ${Bucket} have another hash`);
        return bytes;
      }),

    has: (asset) =>
      exchange(async (abortSignal) => {
        const Key = keyOf(asset);
        if (Key === undefined) return false;
        if (await look(Key, abortSignal)) return true;
        // An answer without a body does not say what is missing. Were it the bucket, every paid picture would be told as lost.
        await client.send(new HeadBucketCommand({ Bucket }), { abortSignal });
        return false;
      }),

    path: () => undefined,

    async *list() {
      let after: string | undefined;
      do {
        const page: ListObjectsV2CommandOutput = await exchange((abortSignal) =>
          client.send(new ListObjectsV2Command({ Bucket, Prefix: root, ContinuationToken: after }), { abortSignal }),
        );
        for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
          const asset: AssetId = `sha256:${Key.slice(root.length + 3)}`;
          if (keyOf(asset) === Key) yield { asset, bytes: Size, modifiedAt: LastModified?.getTime() ?? now() };
        }
        after = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (after !== undefined);
    },

    delete: (asset) =>
      exchange(async (abortSignal) => {
        const Key = keyOf(asset);
        if (Key !== undefined) await client.send(new DeleteObjectCommand({ Bucket, Key }), { abortSignal });
      }),

    // Every asset is one request, so nothing half is ever left.
    sweep: async () => 0,
  };
}

const nameOf = (bytes: Uint8Array): AssetId => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
