import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import type { TextReader } from "../../runtime/ports.ts";

/** A reading that takes longer is worth nothing to a run; the largest pictures take a few seconds. */
const MOST_MS = 20_000;
const MOST_BYTES = 1024 * 1024;
/** Sparse text: whatever lettering there is, in no particular layout. */
const ARGUMENTS = ["stdin", "stdout", "-l", "eng", "--psm", "11"];

export type TesseractOptions = {
  /** The folders to look for the program in, as PATH writes them; relative ones are passed over. */
  searchPath?: string;
  timeoutMs?: number;
};

/**
 * Reads lettering with the tesseract program where one is installed. It is looked for once, started without a shell and without this process's environment,
 * fed through its input, and killed when it takes too long; whatever goes wrong, the answer is undefined.
 */
export function createTesseract({ searchPath = "", timeoutMs = MOST_MS }: TesseractOptions): TextReader {
  let program: Promise<string | undefined> | undefined;
  return {
    async read(png) {
      program ??= findProgram(searchPath);
      const file = await program;
      return file === undefined ? undefined : readWith(file, png, timeoutMs);
    },
  };
}

async function findProgram(searchPath: string): Promise<string | undefined> {
  const name = process.platform === "win32" ? "tesseract.exe" : "tesseract";
  for (const folder of searchPath.split(delimiter).filter(isAbsolute)) {
    const file = join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

function readWith(file: string, png: Buffer, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(file, ARGUMENTS, {
      // One thread: pictures are already worked on side by side.
      env: { OMP_THREAD_LIMIT: "1", NODE_ENV: "production" },
      stdio: ["pipe", "pipe", "ignore"],
      shell: false,
      windowsHide: true,
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout.on("data", (part: Buffer) => {
      size += part.length;
      if (size > MOST_BYTES) child.kill("SIGKILL");
      else parts.push(part);
    });
    // A program that ends early closes its input: its exit says enough.
    child.stdin.on("error", () => {});
    child.on("error", () => resolve(undefined));
    // What it started itself may hold its output open for ever.
    child.on("exit", (code) => code !== 0 && resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? linesOf(Buffer.concat(parts)) : undefined));
    child.stdin.end(png);
  });
}

const linesOf = (output: Buffer): string =>
  output
    .toString("utf8")
    .split(/[\n\f\r]+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");
