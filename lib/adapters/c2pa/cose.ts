import { constants, type KeyObject, sign } from "node:crypto";

/** How a key signs: its name in C2PA, its number in COSE (RFC 9053), the length of its signatures in bytes. */
export type Algorithm = { name: string; cose: number; bytes: number };

/** What a key can sign with under the C2PA profile, or undefined. */
export function algorithmOf(key: KeyObject): Algorithm | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "ed25519") return { name: "ed25519", cose: -8, bytes: 64 };
  if (type === "rsa" && (details?.modulusLength ?? 0) >= 2048)
    return { name: "ps256", cose: -37, bytes: (details?.modulusLength ?? 0) / 8 };
  if (type !== "ec") return undefined;
  const curves: Record<string, Algorithm> = {
    prime256v1: { name: "es256", cose: -7, bytes: 64 },
    secp384r1: { name: "es384", cose: -35, bytes: 96 },
    secp521r1: { name: "es512", cose: -36, bytes: 132 },
  };
  return curves[details?.namedCurve ?? ""];
}

const X5CHAIN = 33;
const PAD_BYTES = 1024;

/** The length of what `coseSign1` makes: a place of exactly this size is left for it before anything is signed. */
export const coseSize = (algorithm: Algorithm, chain: readonly Uint8Array[]): number =>
  message(protectedHeader(algorithm, chain), new Uint8Array(algorithm.bytes)).length;

/**
 * A COSE_Sign1 message (RFC 9052, section 4.2) over a detached claim with the certificates in its protected header, as C2PA 2.2 section 13.2
 * wants it.
 */
export function coseSign1(
  claim: Uint8Array,
  key: KeyObject,
  algorithm: Algorithm,
  chain: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const header = protectedHeader(algorithm, chain);
  const toSign = Buffer.concat([start(4, 4), text("Signature1"), bytes(header), bytes(Buffer.alloc(0)), bytes(claim)]);
  return new Uint8Array(message(header, signed(toSign, key, algorithm)));
}

function signed(data: Buffer, key: KeyObject, { name }: Algorithm): Uint8Array {
  if (name === "ed25519") return sign(null, data, key);
  if (name === "ps256") return sign("sha256", data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  return sign(`sha${name.slice(2)}`, data, { key, dsaEncoding: "ieee-p1363" });
}

function protectedHeader({ cose }: Algorithm, chain: readonly Uint8Array[]): Buffer {
  const certificates = Buffer.concat([start(4, chain.length), ...chain.map(bytes)]);
  return Buffer.concat([start(5, 2), start(0, 1), start(1, -1 - cose), start(0, X5CHAIN), certificates]);
}

const message = (header: Buffer, signature: Uint8Array): Buffer =>
  Buffer.concat([
    start(6, 18),
    start(4, 4),
    bytes(header),
    start(5, 1),
    text("pad"),
    bytes(Buffer.alloc(PAD_BYTES)),
    Buffer.from([0xf6]),
    bytes(signature),
  ]);

/** The first bytes of a CBOR item (RFC 8949, section 3): its major type and its number or length. */
function start(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count]);
  const width = count < 0x100 ? 1 : count < 0x10000 ? 2 : 4;
  const whole = Buffer.alloc(1 + width);
  whole[0] = (major << 5) | (width === 1 ? 24 : width === 2 ? 25 : 26);
  whole.writeUIntBE(count, 1, width);
  return whole;
}

const bytes = (data: Uint8Array): Buffer => Buffer.concat([start(2, data.length), data]);
const text = (words: string): Buffer => Buffer.concat([start(3, Buffer.byteLength(words)), Buffer.from(words)]);
