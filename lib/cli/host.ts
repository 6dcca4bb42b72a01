import type { Readable, Writable } from "node:stream";
import type { Studio } from "#lib/runtime/studio-api.ts";

/** A stream to write to; a terminal says so and knows how many colours it may show (NO_COLOR and TERM=dumb count as none). */
export type OutStream = {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
  getColorDepth?(): number;
};

/** What `keys` may tell about the provider's key; its value is never handed to the CLI's commands. */
export type KeyStatus = { keySet: boolean; baseUrl: string; dataFolder: string };

/** A simulator that listens: where, and how to end it. */
export type ServedSimulator = { url: string; close(): Promise<void> };

/** `concurrency`: provider calls in flight, where a command asks for another number than the environment. */
export type OpenStudioOptions = { concurrency?: number };

/** Everything of the world that the commands touch, so that tests can hand in another one. */
export type CliHost = {
  cwd: string;
  version: string;
  stdout: OutStream;
  stderr: OutStream;
  /** Opened at most once per command, and only by commands that need it; the CLI stops it. */
  openStudio(options: OpenStudioOptions): Promise<Studio>;
  keyStatus(): Promise<KeyStatus>;
  serveSimulator(options: { port: number }): Promise<ServedSimulator>;
  /** The streams a protocol is spoken over, and the address of the studio where it has one that others can open. */
  pipe(): Promise<{ stdin: Readable; stdout: Writable; publicUrl?: URL }>;
  /** From now on the first Ctrl-C aborts the returned signal and the second one ends the process. */
  interruptible(): AbortSignal;
};
