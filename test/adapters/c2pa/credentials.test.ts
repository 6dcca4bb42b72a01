import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createCredentials } from "#lib/adapters/c2pa/credentials.ts";
import { issueTestCertificate, TEST_NAME } from "#lib/adapters/c2pa/test-certificate.ts";
import { busy, codeOf, ops } from "../sharp/pictures.ts";

const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of opened) await one.close();
});
const folder = () => mkdtempSync(join(tmpdir(), "c2pa-"));
const signer = (more: Partial<Parameters<typeof createCredentials>[0]> = {}) => {
  const made = createCredentials({ folder: folder(), version: "1.2.3", now: Date.now, ...more });
  opened.push(made);
  return made;
};
const pem = (der: Buffer) => `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;

/** A certificate as a user has one: two files, the key for nobody else. */
function ownFiles(mode = 0o600) {
  const { key, chain } = issueTestCertificate(Date.now());
  const [cert, secret] = [join(folder(), "cert.pem"), join(folder(), "key.pem")];
  writeFileSync(cert, chain.map(pem).join(""));
  writeFileSync(secret, key.export({ type: "pkcs8", format: "pem" }));
  chmodSync(secret, mode);
  return { cert, key: secret };
}

const made = { title: "Kite", sourceType: "trainedAlgorithmicMedia" as const, actions: [] };
const encoded = async (format: "png" | "jpeg" | "webp") =>
  ops.encode(busy(64, 48), { format, quality: 90, metadata: "none" });

describe.each(["png", "jpeg", "webp"] as const)("content credentials in a %s", (format) => {
  it("are signed, hold, name who signed, and are read by the library of the standard's own people", async () => {
    const credentials = signer();
    const picture = await encoded(format);
    const signed = await credentials.sign(picture, made);
    expect(await credentials.read(signed, picture.mediaType)).toEqual({
      signedBy: TEST_NAME,
      generator: "Throughline",
      valid: true,
      actions: ["c2pa.created"],
      sourceTypes: ["trainedAlgorithmicMedia"],
      ingredients: [],
      problems: ["signingCredential.untrusted"],
    });
    expect((await ops.inspect(signed)).width).toBe(64);
  });

  it("a changed picture does not hold", async () => {
    const credentials = signer();
    const { mediaType, bytes } = await encoded(format);
    const signed = await credentials.sign({ bytes, mediaType }, made);
    const changed = Buffer.from(signed);
    const at = format === "webp" ? changed.indexOf("VP8") + 40 : changed.length - 40;
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    const read = await credentials.read(changed, mediaType).catch(() => undefined);
    expect(read?.valid ?? false).toBe(false);
  });

  it("an edited picture names the one it was opened from, with its credentials", async () => {
    const credentials = signer();
    const { mediaType, bytes } = await encoded(format);
    const parent = { bytes: await credentials.sign({ bytes, mediaType }, made), mediaType, title: "the original" };
    const actions = [{ action: "c2pa.color_adjustments", description: "grade" }];
    const read = await credentials.read(
      await credentials.sign({ bytes, mediaType }, { ...made, parent, actions }),
      mediaType,
    );
    expect(read).toMatchObject({ valid: true, actions: ["c2pa.opened", "c2pa.color_adjustments"] });
    expect(read.ingredients).toEqual([{ title: "the original", relationship: "parentOf", hasCredentials: true }]);
  });
});

describe("the local test certificate", () => {
  it("says what it is, is made once, and its key is for nobody else", async () => {
    const place = folder();
    expect(await signer({ folder: place }).signer()).toEqual({ kind: "test", name: TEST_NAME });
    const file = join(place, "test-certificate.pem");
    const text = readFileSync(file, "utf8");
    await signer({ folder: place }).signer();
    expect(readFileSync(file, "utf8")).toBe(text);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
    const [leaf, root] = (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
      (p) => new X509Certificate(p),
    );
    expect(leaf?.checkIssued(root!)).toBe(true);
    expect(leaf?.verify(root!.publicKey)).toBe(true);
    expect([leaf?.ca, root?.ca]).toEqual([false, true]);
    expect(leaf?.subject).toContain("not trusted");
    expect(leaf?.keyUsage).toEqual(["1.3.6.1.5.5.7.3.4"]);
  });

  it("is made anew before it ends, and when it is damaged", async () => {
    const place = folder();
    let now = Date.now();
    const used = signer({ folder: place, now: () => now });
    await used.signer();
    const before = readFileSync(join(place, "test-certificate.pem"), "utf8");
    now += 800 * 86_400_000;
    await used.signer();
    expect(readFileSync(join(place, "test-certificate.pem"), "utf8")).not.toBe(before);
    writeFileSync(join(place, "test-certificate.pem"), "nonsense", { mode: 0o600 });
    expect((await signer({ folder: place }).signer()).kind).toBe("test");
  });
});

describe("a certificate of the user's own", () => {
  it("signs, and is called so", async () => {
    const credentials = signer({ own: ownFiles() });
    expect((await credentials.signer()).kind).toBe("own");
    const { bytes, mediaType } = await encoded("png");
    expect(await credentials.read(await credentials.sign({ bytes, mediaType }, made), mediaType)).toMatchObject({
      valid: true,
    });
  });

  it.skipIf(process.platform === "win32")(
    "SC-008 whose key others may read is refused until that is mended",
    async () => {
      const own = ownFiles(0o644);
      const credentials = signer({ own });
      expect(await codeOf(credentials.signer())).toBe("CERTIFICATE_OPEN_KEY");
      chmodSync(own.key, 0o600);
      expect((await credentials.signer()).kind).toBe("own");
    },
  );

  it("that cannot be used is refused in words without a path or a key", async () => {
    const { cert, key } = ownFiles();
    const other = join(folder(), "other.pem");
    const foreign = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
    writeFileSync(other, foreign.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    expect(await codeOf(signer({ own: { cert, key: other } }).signer())).toBe("CERTIFICATE_UNFIT");
    expect(await codeOf(signer({ own: { cert: key, key } }).signer())).toBe("CERTIFICATE_UNFIT");
    expect(await codeOf(signer({ own: { cert, key: join(folder(), "none.pem") } }).signer())).toBe(
      "CERTIFICATE_UNREADABLE",
    );
    expect(await codeOf(signer({ own: { cert: folder(), key } }).signer())).toBe("CERTIFICATE_UNREADABLE");
    const late = () => Date.now() + 3000 * 86_400_000;
    expect(await codeOf(signer({ own: { cert, key }, now: late }).signer())).toBe("CERTIFICATE_ENDED");
    await signer({ own: { cert, key: other } })
      .signer()
      .catch((error: Error) => {
        expect(error.message).not.toContain(other);
        expect(error.message).not.toMatch(/BEGIN|PRIVATE/);
      });
  });
});

it("what is no picture, or carries nothing, is told and harms nothing", async () => {
  const credentials = signer();
  expect(await codeOf(credentials.sign({ bytes: Buffer.from("no picture"), mediaType: "image/png" }, made))).toBe(
    "CREDENTIALS_FAILED",
  );
  expect(await codeOf(credentials.read(busy(8, 8), "image/png"))).toBe("CREDENTIALS_FAILED");
  expect((await credentials.sign(await encoded("png"), made)).length).toBeGreaterThan(1000);
});
