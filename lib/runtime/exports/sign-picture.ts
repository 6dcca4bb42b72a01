import type { CredentialState, ExportOptions } from "../../protocol/exports.ts";
import type { CredentialAction, Credentials } from "../ports/credentials.ts";
import type { AssetStore, Picture } from "../ports.ts";
import { CREDENTIALS } from "./credential-words.ts";
import { findCredentials } from "./find-credentials.ts";
import type { Subject } from "./find-subject.ts";
import { refuseSecrets } from "./no-secrets.ts";
import { sourceTypeOf } from "./source-type.ts";

/** Local work in the words of C2PA 2.2, section 18.15.4. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["resize", "c2pa.resized"],
  ["upscale", "c2pa.resized"],
  ["grade", "c2pa.color_adjustments"],
  ["overlay", "c2pa.drawing"],
  ["markup", "c2pa.drawing"],
  ["encode", "c2pa.converted"],
]);

/**
 * Signs a picture that was written anew, where that is wished: with what the original carried as its ingredient, or, where a model drew it and
 * signed nothing, as created. Gives the bytes and what can honestly be said of them. Throws StepError SECRET_IN_EXPORT, CERTIFICATE_*, CREDENTIALS_FAILED.
 */
export async function signPicture(
  ports: { assets: AssetStore; credentials: Credentials },
  subject: Subject,
  written: Picture,
  wish: ExportOptions["credentials"],
): Promise<{ bytes: Buffer; state: CredentialState }> {
  const [root] = subject.chain;
  const original = root && { ...root, bytes: await ports.assets.get(root.asset) };
  const carries = original !== undefined && findCredentials(original.bytes) !== undefined;
  if (wish === "strip") return { bytes: written.bytes, state: carries ? CREDENTIALS.stripped : CREDENTIALS.none };
  const wanted = wish === "sign" || carries || (await ports.credentials.signer()).kind === "own";
  if (!wanted) return { bytes: written.bytes, state: CREDENTIALS.none };
  refuseSecrets(subject.title, "The title");
  const opened = original && (carries || original.made?.by !== "model");
  const bytes = await ports.credentials.sign(written, {
    title: subject.title ?? subject.name.split("/").at(-1) ?? subject.name,
    sourceType: sourceTypeOf(subject.asset, subject.lineage),
    parent: opened
      ? {
          bytes: original.bytes,
          mediaType: mediaTypeOf(original.bytes),
          title: `Original ${original.asset.slice(7, 19)}`,
        }
      : undefined,
    actions: actionsOf(subject, written),
  });
  const { kind, name } = await ports.credentials.signer();
  return { bytes, state: kind === "own" ? CREDENTIALS.signed(name) : CREDENTIALS.signedTest };
}

function actionsOf({ chain }: Subject, written: Picture): CredentialAction[] {
  const done = chain.flatMap(({ made }) => (made?.by === "local" ? (made.steps?.at(-1)?.op ?? []) : []));
  const last = chain.at(-1);
  const resized = last?.width !== undefined && (last.width !== written.width || last.height !== written.height);
  const converted = last?.mediaType !== undefined && last.mediaType !== written.mediaType;
  return [
    ...done.map((op) => ({ action: ACTIONS.get(op) ?? "c2pa.edited", description: op })),
    ...(resized ? [{ action: "c2pa.resized", description: `to ${written.width} × ${written.height} pixels` }] : []),
    ...(converted ? [{ action: "c2pa.converted", description: `to ${written.mediaType}` }] : []),
  ];
}

const mediaTypeOf = (bytes: Buffer): string =>
  bytes[0] === 0x89 ? "image/png" : bytes[0] === 0xff ? "image/jpeg" : "image/webp";
