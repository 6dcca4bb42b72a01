import { StepError } from "../../protocol/failure.ts";
import type { Claim, Credentials, CredentialsRead } from "../../runtime/ports/credentials.ts";
import { coseSize } from "./cose.ts";
import { type Identity, type OwnCertificate, ownIdentity, testIdentity } from "./identity.ts";
import { createThread } from "./wasm-thread.ts";

const SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/**
 * Content credentials through the C2PA project's own library, in a thread of its own. `folder` holds the test certificate; it is made
 * only when something is signed without a certificate of the user.
 */
export function createCredentials(options: {
  folder: string;
  version: string;
  own?: OwnCertificate;
  now(): number;
}): Credentials {
  const thread = createThread();
  let identity: Promise<Identity> | undefined;
  const current = async (): Promise<Identity> => {
    // Asked again after a failure: a file may have been mended since.
    identity ??= options.own ? ownIdentity(options.own, options.now()) : testIdentity(options.folder, options.now());
    const known = await identity.catch((error) => {
      identity = undefined;
      throw error;
    });
    if (known.until > options.now()) return known;
    identity = undefined;
    return current();
  };

  return {
    async signer() {
      const { kind, name } = await current();
      return { kind, name };
    },

    async sign({ bytes, mediaType }, claim) {
      const { key, algorithm, chain } = await current();
      const parent = claim.parent && { ...claim.parent, bytes: copied(claim.parent.bytes) };
      const signed = await thread.ask({
        do: "sign",
        bytes: copied(bytes),
        mediaType,
        manifest: {
          claim_generator_info: [{ name: "Throughline", version: options.version }],
          title: claim.title,
          format: mediaType,
        },
        intent: intentOf(claim),
        actions: claim.actions.map((action) => ({ ...action, ...source(claim) })),
        parent,
        key: key.export({ type: "pkcs8", format: "pem" }) as string,
        algorithm,
        chain,
        reserve: coseSize(algorithm, chain),
      });
      if (!signed.bytes) throw failed(signed.error);
      return Buffer.from(signed.bytes.buffer, signed.bytes.byteOffset, signed.bytes.length);
    },

    async read(bytes, mediaType) {
      const read = await thread.ask({ do: "read", bytes: copied(bytes), mediaType });
      if (read.json === undefined) throw failed(read.error);
      return readOf(JSON.parse(read.json));
    },

    close: () => thread.close(),
  };
}

/** Moved to the thread, so it must be its own. */
const copied = (bytes: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

const source = ({ sourceType }: Claim): { digitalSourceType?: string } =>
  sourceType === undefined ? {} : { digitalSourceType: `${SOURCE_TYPE}${sourceType}` };

const intentOf = (claim: Claim): unknown =>
  claim.parent ? "edit" : { create: `${SOURCE_TYPE}${claim.sourceType ?? "digitalCreation"}` };

const failed = (why = "no answer"): StepError =>
  new StepError("CREDENTIALS_FAILED", "The content credentials could not be written or read.", { details: { why } });

type Manifest = {
  signature_info?: { common_name?: string; issuer?: string };
  claim_generator_info?: { name?: string }[];
  assertions?: { label?: string; data?: { actions?: { action?: string; digitalSourceType?: string }[] } }[];
  ingredients?: { title?: string; relationship?: string; active_manifest?: string }[];
};

function readOf(store: {
  active_manifest?: string;
  manifests?: Record<string, Manifest>;
  validation_state?: string;
  validation_status?: { code?: string }[];
}): CredentialsRead {
  const active = new Map(Object.entries(store.manifests ?? {})).get(store.active_manifest ?? "");
  const actions = (active?.assertions ?? [])
    .filter(({ label }) => label?.startsWith("c2pa.actions"))
    .flatMap(({ data }) => data?.actions ?? []);
  const problems = [...new Set((store.validation_status ?? []).map(({ code }) => String(code)))];
  return {
    signedBy: active?.signature_info?.common_name ?? active?.signature_info?.issuer,
    generator: active?.claim_generator_info?.[0]?.name,
    // That nobody vouches for a certificate says nothing about whether the picture was changed.
    valid: problems.every((code) => code === "signingCredential.untrusted"),
    actions: actions.map(({ action }) => String(action)),
    sourceTypes: [
      ...new Set(actions.flatMap(({ digitalSourceType }) => (digitalSourceType ? [digitalSourceType] : []))),
    ].map((address) => address.replace(SOURCE_TYPE, "")),
    ingredients: (active?.ingredients ?? []).map(({ title, relationship, active_manifest }) => ({
      title,
      relationship,
      hasCredentials: active_manifest !== undefined,
    })),
    problems,
  };
}
