import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { StepError } from "../../protocol/failure.ts";
import { type Algorithm, algorithmOf } from "./cose.ts";
import { issueTestCertificate } from "./test-certificate.ts";

/** Who signs: certificates from the leaf on, DER. `until` = when the leaf ends (epoch ms). */
export type Identity = {
  kind: "own" | "test";
  name: string;
  until: number;
  chain: Buffer[];
  key: KeyObject;
  algorithm: Algorithm;
};

/** Where the user's certificate and its key lie (PEM files). */
export type OwnCertificate = { cert: string; key: string };

const MOST_BYTES = 256 * 1024;
const RENEW_MS = 30 * 86_400_000;
const TEST_FILE = "test-certificate.pem";

/**
 * The user's certificate. Throws StepError CERTIFICATE_UNREADABLE, CERTIFICATE_OPEN_KEY (others of this machine may read the key),
 * CERTIFICATE_UNFIT, CERTIFICATE_ENDED. Nothing of the key is ever in a message.
 */
export async function ownIdentity({ cert, key }: OwnCertificate, now: number): Promise<Identity> {
  const [certificates, secret] = await Promise.all([readSmall(cert, "C2PA_CERT"), readSmall(key, "C2PA_KEY", true)]);
  return identityOf("own", certificates, secret, now);
}

/** This machine's own test certificate, made when there is none or it is about to end; kept below `folder`, for this user alone. */
export async function testIdentity(folder: string, now: number): Promise<Identity> {
  const file = join(folder, TEST_FILE);
  try {
    const pem = await readSmall(file, TEST_FILE, true);
    const known = identityOf("test", pem, pem, now);
    if (known.until - now > RENEW_MS) return known;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
  }
  const { key, chain } = issueTestCertificate(now);
  const pem = [...chain.map(toPem), key.export({ type: "pkcs8", format: "pem" })].join("");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temp = `${file}.${process.pid}.${now}`;
  const handle = await open(temp, "wx", 0o600);
  await handle.writeFile(pem).finally(() => handle.close());
  await rename(temp, file);
  return identityOf("test", pem, pem, now);
}

function identityOf(kind: Identity["kind"], certificates: string, secret: string, now: number): Identity {
  const chain = (certificates.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(parsed);
  const [leaf] = chain;
  if (!leaf) throw unfit("holds no certificate");
  const key = privateKey(secret);
  const algorithm = algorithmOf(key);
  if (!algorithm) throw unfit("has a key of a kind that content credentials do not know");
  if (!leaf.checkPrivateKey(key)) throw unfit("and its key do not belong together");
  const until = leaf.validToDate.getTime();
  if (until <= now || leaf.validFromDate.getTime() > now)
    throw new StepError("CERTIFICATE_ENDED", "The certificate for content credentials is not valid today. Renew it.");
  const name = /^CN=(.*)$/m.exec(leaf.subject)?.[1] ?? "a certificate without a name";
  return { kind, name, until, chain: chain.map(({ raw }) => raw), key, algorithm };
}

function parsed(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw unfit("is damaged");
  }
}

function privateKey(pem: string): KeyObject {
  const block = /-----BEGIN (?:EC |RSA )?PRIVATE KEY-----[^-]+-----END (?:EC |RSA )?PRIVATE KEY-----/.exec(pem)?.[0];
  try {
    if (block) return createPrivateKey(block);
  } catch {}
  throw unfit("has no key that can be read; a key with a passphrase cannot be used");
}

async function readSmall(file: string, name: string, secret = false): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size > MOST_BYTES)
    throw new StepError("CERTIFICATE_UNREADABLE", `The file that ${name} names cannot be read.`);
  // Windows has no such bits.
  if (secret && process.platform !== "win32" && (found.mode & 0o077) !== 0)
    throw new StepError("CERTIFICATE_OPEN_KEY", `Others may read the file that ${name} names. Run chmod 600 on it.`);
  return await readFile(file, "utf8").catch(() => {
    throw new StepError("CERTIFICATE_UNREADABLE", `The file that ${name} names cannot be read.`);
  });
}

const toPem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;

const unfit = (why: string): StepError =>
  new StepError("CERTIFICATE_UNFIT", `The certificate for content credentials ${why}.`);
