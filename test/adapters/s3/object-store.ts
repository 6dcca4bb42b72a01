import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import S3rver from "s3rver";
import type { S3Place } from "#lib/adapters/s3/client.ts";

export const BUCKET = "pictures";
/** The only pair the test server knows. */
const KEY = "S3RVER";

/** An object store on this machine with one empty bucket. `stop` and `start` keep the address and what is stored. */
export async function openObjectStore() {
  const directory = mkdtempSync(join(tmpdir(), "objects-"));
  let port = 0;
  let server: S3rver | undefined;
  const start = async () => {
    server = new S3rver({
      address: "127.0.0.1",
      port,
      silent: true,
      directory,
      vhostBuckets: false,
      configureBuckets: [{ name: BUCKET }],
    });
    const { store } = server;
    // As real stores do, and this one does not: an object appears whole.
    store.putObject = async ({ bucket, key, content, metadata }) => {
      const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
      const md5 = createHash("md5").update(bytes).digest("hex");
      const path = store.getResourcePath(bucket, key, "object");
      mkdirSync(dirname(path), { recursive: true });
      const draft = join(directory, `draft-${performance.now()}`);
      writeFileSync(draft, bytes);
      renameSync(draft, path);
      await store.putMetadata(bucket, key, metadata, md5);
      return { size: bytes.length, md5 };
    };
    ({ port } = await server.run());
  };
  const stop = async () => {
    const closing = server?.close();
    server?.httpServer.closeAllConnections();
    server = undefined;
    await closing;
  };
  await start();
  const endpoint = `http://127.0.0.1:${port}`;
  const fileOf = (asset: string, prefix: string) =>
    join(directory, BUCKET, prefix, "assets", asset.slice(7, 9), `${asset.slice(7)}._S3rver_object`);
  return {
    endpoint,
    start,
    stop,
    place: (prefix: string): S3Place => ({
      bucket: BUCKET,
      prefix,
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: KEY, secretAccessKey: KEY },
    }),
    /** What a command is given to keep its assets here. */
    vars: (prefix: string) => ({
      ASSETS_URL: `s3://${BUCKET}/${prefix}?endpoint=${endpoint}`,
      AWS_ACCESS_KEY_ID: KEY,
      AWS_SECRET_ACCESS_KEY: KEY,
    }),
    fileOf,
    /** Changes one byte behind the store's back. */
    damage(asset: string, prefix: string) {
      const path = fileOf(asset, prefix);
      const bytes = readFileSync(path);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    async discard() {
      if (server) await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
