import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createZip } from "#lib/adapters/zip/zip.ts";
import type { ZipPart } from "#lib/runtime/ports/zip.ts";
import { zipNames } from "#lib/runtime/zip-names.ts";

const zip = createZip({ names: zipNames });
const small = createZip({ names: zipNames, limits: { entries: 3, totalBytes: 300_000, ratio: 100 } });

const packed = async (parts: Iterable<ZipPart> | AsyncIterable<ZipPart>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.write(parts)) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const unpacked = async (archive: Uint8Array, by = zip): Promise<Record<string, string>> => {
  const files: Record<string, string> = {};
  for await (const entry of by.read(archive)) files[entry.name] = (await entry.bytes()).toString("latin1");
  return files;
};
const bytes = (text: string) => Buffer.from(text, "latin1");

/** A zip as a liar writes it: one local header for each file, and a directory that says what it is told to. */
function forged(
  files: { name: string; content: Buffer; claims?: number; method?: 0 | 8; attributes?: number; at?: number }[],
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims = content.length, method = 8, attributes = 0, at } of files) {
    const data = method === 8 ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(claims, 22);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x031e, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(0x800, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(claims, 24);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt32LE(attributes, 38);
    central.writeUInt32LE(at ?? offset, 42);
    directory.push(central, Buffer.from(name));
    if (at === undefined) {
      locals.push(local, Buffer.from(name), data);
      offset += 30 + Buffer.byteLength(name) + data.length;
    }
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
}

describe("writing", () => {
  test("what was written is read again, in order, bytes and streams alike", async () => {
    async function* stream() {
      yield bytes("one ");
      yield bytes("two");
    }
    const archive = await packed([
      { name: "a.txt", bytes: bytes("first") },
      { name: "deep/b.json", stream: stream() },
      { name: "c.png", stream },
    ]);
    expect(await unpacked(archive)).toEqual({ "a.txt": "first", "deep/b.json": "one two", "c.png": "one two" });
  });

  test("the same files make the same archive", async () => {
    const parts = [{ name: "a.txt", bytes: bytes("x".repeat(1000)) }];
    expect((await packed(parts)).equals(await packed(parts))).toBe(true);
  });

  test("names climb nowhere and never collide", async () => {
    const archive = await packed([
      { name: "../../etc/passwd", bytes: bytes("1") },
      { name: "A.txt", bytes: bytes("2") },
      { name: "a.TXT", bytes: bytes("3") },
      { name: "/x/..\\y.csv", bytes: bytes("4") },
    ]);
    const names = Object.keys(await unpacked(archive));
    expect(names).toEqual(["etc/passwd.bin", "A.txt", "a-2.TXT", "x/y.csv"]);
  });

  test("a part is asked for only when the one before it was taken, and a reader that leaves ends the source", async () => {
    let asked = 0;
    let ended = false;
    async function* parts(): AsyncGenerator<ZipPart> {
      try {
        for (let n = 0; n < 500; n += 1) {
          asked += 1;
          yield { name: `${n}.png`, bytes: Buffer.alloc(100_000, n) };
        }
      } finally {
        ended = true;
      }
    }
    for await (const chunk of zip.write(parts())) if (chunk.length > 0 && asked > 0) break;
    await expect.poll(() => ended).toBe(true);
    expect(asked).toBeLessThan(10);
  });

  test("a source that fails fails the archive", async () => {
    async function* stream() {
      yield bytes("half");
      throw new Error("the disk is gone");
    }
    await expect(packed([{ name: "a.png", stream }])).rejects.toThrow("the disk is gone");
  });
});

describe("TI-010 archives that lie", () => {
  test("a file that grows more than a hundred times over is not opened", async () => {
    const archive = await packed([{ name: "zeros.bmp", bytes: Buffer.alloc(20_000_000) }]);
    await expect(unpacked(archive)).rejects.toMatchObject({ code: "ZIP_BOMB" });
  });

  test("the sum is counted while it inflates, not believed", async () => {
    const noise = (n: number) =>
      Buffer.from(Array.from({ length: 120_000 }, (_, i) => (i * i * (n + 7) + (i >> 3)) % 251));
    const archive = await packed([1, 2, 3].map((n) => ({ name: `${n}.bin`, bytes: noise(n) })));
    await expect(unpacked(archive, small)).rejects.toMatchObject({ code: "ZIP_BOMB" });
  });

  test("a size that is not so is found", async () => {
    for (const claims of [10, 5000])
      await expect(
        unpacked(forged([{ name: "a.txt", content: bytes("x".repeat(300)), claims }])),
      ).rejects.toMatchObject({ code: "ZIP_BROKEN" });
  });

  test("files that lie over one another are one file counted often", async () => {
    const content = bytes(Array.from({ length: 4000 }, (_, i) => String.fromCharCode(32 + ((i * 7919) % 90))).join(""));
    const archive = forged([
      { name: "a.txt", content },
      { name: "b.txt", content, at: 0 },
      { name: "c.txt", content, at: 0 },
    ]);
    await expect(unpacked(archive)).rejects.toMatchObject({ code: "ZIP_BOMB" });
  });

  test("too many files are refused before any is read", async () => {
    const archive = await packed([1, 2, 3, 4].map((n) => ({ name: `${n}.txt`, bytes: bytes("x") })));
    await expect(unpacked(archive, small)).rejects.toMatchObject({ code: "ZIP_TOO_MANY" });
  });

  test.each(["../a.txt", "/etc/a.txt", "a/../../b.txt", "C:/a.txt", "a\\b.txt", "a/./b.txt", "a\u0000.txt"])(
    "the name %j is refused",
    async (name) => {
      await expect(unpacked(forged([{ name, content: bytes("x") }]))).rejects.toMatchObject({ code: "ZIP_NAME" });
    },
  );

  test("a name that stands twice and a link are refused", async () => {
    const twice = forged([
      { name: "a.txt", content: bytes("x") },
      { name: "A.TXT", content: bytes("y") },
    ]);
    await expect(unpacked(twice)).rejects.toMatchObject({ code: "ZIP_NAME" });
    const link = forged([{ name: "a.txt", content: bytes("/etc/passwd"), attributes: (0o120777 << 16) >>> 0 }]);
    await expect(unpacked(link)).rejects.toMatchObject({ code: "ZIP_NAME" });
  });

  test("an archive in an archive is refused, whatever it is called", async () => {
    const inner = await packed([{ name: "a.txt", bytes: bytes("x") }]);
    for (const name of ["inner.zip", "inner.png"])
      await expect(unpacked(await packed([{ name, bytes: inner }]))).rejects.toMatchObject({ code: "ZIP_NESTED" });
  });

  test("what is no archive is said to be none", async () => {
    const archive = await packed([{ name: "a.txt", bytes: bytes("hello") }]);
    for (const bad of [Buffer.alloc(0), bytes("PK but not really"), archive.subarray(0, archive.length - 30)])
      await expect(unpacked(bad)).rejects.toMatchObject({ code: "ZIP_BROKEN" });
  });
});
