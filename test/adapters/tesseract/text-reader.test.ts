import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTesseract } from "#lib/adapters/tesseract/text-reader.ts";

const PNG = Buffer.from("as if a picture");
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "reader-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program named tesseract that runs this script. */
async function install(script: string): Promise<void> {
  const file = join(folder, "tesseract");
  await writeFile(file, `#!${process.execPath}\n${script}\n`);
  await chmod(file, 0o755);
}
const reader = (timeoutMs?: number) =>
  createTesseract({ searchPath: ["/nowhere", folder].join(delimiter), ...(timeoutMs ? { timeoutMs } : {}) });

describe.skipIf(process.platform === "win32")("reading text on this machine", () => {
  it("hands the picture to the program and gives back its lines", async () => {
    await install(
      `let got = ""; process.stdin.on("data", (d) => { got += d; }).on("end", () => console.log("  SUMMER \\n\\n\\f" + got + "\\n" + process.argv.slice(2).join(" ")));`,
    );
    expect(await reader().read(PNG)).toBe("SUMMER\nas if a picture\nstdin stdout -l eng --psm 11");
  });

  it("is undefined where no such program is installed, also among relative folders", async () => {
    expect(await createTesseract({}).read(PNG)).toBeUndefined();
    expect(await reader().read(PNG)).toBeUndefined();
    await install(`console.log("found")`);
    expect(await createTesseract({ searchPath: `.${delimiter}bin` }).read(PNG)).toBeUndefined();
  });

  it("the program sees nothing of this process's environment", async () => {
    await install(`console.log(Object.keys(process.env).filter((n) => !n.startsWith("__")).sort().join(","))`);
    process.env.OPENAI_API_KEY_CANARY = "sk-canary";
    try {
      expect(await reader().read(PNG)).toBe("NODE_ENV,OMP_THREAD_LIMIT");
    } finally {
      delete process.env.OPENAI_API_KEY_CANARY;
    }
  });

  it("nothing read is an empty text; a failure, a hang and a flood are undefined", async () => {
    await install(`process.stdin.resume().on("end", () => process.exit(0))`);
    expect(await reader().read(PNG)).toBe("");
    await install(`process.exit(3)`);
    expect(await reader().read(Buffer.alloc(5_000_000))).toBeUndefined();
    await install(`setInterval(() => {}, 1000)`);
    expect(await reader(200).read(PNG)).toBeUndefined();
    await install(
      `const line = "x".repeat(65536) + "\\n"; (function flood() { process.stdout.write(line, flood); })()`,
    );
    expect(await reader().read(PNG)).toBeUndefined();
  });
});
