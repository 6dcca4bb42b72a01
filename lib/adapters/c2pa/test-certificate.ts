import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { bits, der, integer, octets, oid, sequence, set, utcTime, utf8, yes } from "./der.ts";

const DAY_MS = 86_400_000;
const VALID_DAYS = 730;
/** Everybody who looks at it shall read what it is. */
export const TEST_NAME = "Throughline local test certificate (not trusted)";
const AUTHORITY_NAME = "Throughline local test authority (not trusted)";
const ORGANISATION = "Made on this machine for tests";

const ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
const EMAIL_PROTECTION = oid("1.3.6.1.5.5.7.3.4");

/** A leaf and the authority that signed it, DER, leaf first; the authority's own key is thrown away, so it can sign nothing more. */
export function issueTestCertificate(now: number): { key: KeyObject; chain: Buffer[] } {
  const authority = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const leaf = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const root = certificate({
    issuer: AUTHORITY_NAME,
    subject: AUTHORITY_NAME,
    key: publicBytes(authority.publicKey),
    signer: authority.privateKey,
    now,
    extensions: [
      extension("2.5.29.19", true, sequence(yes())),
      // keyCertSign, cRLSign
      extension("2.5.29.15", true, bits(Buffer.from([0x06]), 1)),
      extension("2.5.29.14", false, octets(keyId(authority.publicKey))),
    ],
  });
  // What C2PA 2.2 (section 14.5.1.1) asks of a certificate that signs: an issuer's key id, no authority, digitalSignature, a purpose.
  const own = certificate({
    issuer: AUTHORITY_NAME,
    subject: TEST_NAME,
    key: publicBytes(leaf.publicKey),
    signer: authority.privateKey,
    now,
    extensions: [
      extension("2.5.29.19", true, sequence()),
      extension("2.5.29.15", true, bits(Buffer.from([0x80]), 7)),
      extension("2.5.29.37", true, sequence(EMAIL_PROTECTION)),
      extension("2.5.29.14", false, octets(keyId(leaf.publicKey))),
      extension("2.5.29.35", false, sequence(der(0x80, keyId(authority.publicKey)))),
    ],
  });
  return { key: leaf.privateKey, chain: [own, root] };
}

/** A version 3 certificate (RFC 5280, section 4.1). */
function certificate(about: {
  issuer: string;
  subject: string;
  key: Buffer;
  signer: KeyObject;
  now: number;
  extensions: Buffer[];
}): Buffer {
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    ECDSA_SHA256,
    nameOf(about.issuer),
    sequence(utcTime(new Date(about.now - DAY_MS)), utcTime(new Date(about.now + VALID_DAYS * DAY_MS))),
    nameOf(about.subject),
    about.key,
    der(0xa3, sequence(...about.extensions)),
  );
  return sequence(body, ECDSA_SHA256, bits(sign("sha256", body, about.signer)));
}

const nameOf = (common: string): Buffer =>
  sequence(set(sequence(oid("2.5.4.10"), utf8(ORGANISATION))), set(sequence(oid("2.5.4.3"), utf8(common))));

const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [yes()] : []), octets(value));

const publicBytes = (key: KeyObject): Buffer => key.export({ type: "spki", format: "der" });
const keyId = (key: KeyObject): Buffer => createHash("sha1").update(publicBytes(key)).digest();
