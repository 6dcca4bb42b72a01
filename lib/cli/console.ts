import { styleText } from "node:util";
import type { CliHost, OutStream } from "./host.ts";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";
/** Plain text, or text with a style. Control characters in either are made visible: prompts and file names are foreign text. */
export type Span = string | readonly [Style, string];

/**
 * Control characters, DEL, C1 controls and direction overrides as `\x1b` or `\u202e`, so that no text can drive a terminal.
 * Tabs become spaces; line breaks become visible too, because one line of ours is one line on the screen.
 */
export function escapeForTerminal(text: string): string {
  return text
    .replace(/\t/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => {
      if (character === "\n") return "\\n";
      const code = character.charCodeAt(0);
      return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
    });
}

const hasColours = (stream: OutStream) => stream.isTTY === true && (stream.getColorDepth?.() ?? 1) > 2;

const render = (spans: readonly Span[], colours: boolean) =>
  spans
    .map((span) => {
      if (typeof span === "string") return escapeForTerminal(span);
      const text = escapeForTerminal(span[1]);
      return colours ? styleText(span[0], text, { validateStream: false }) : text;
    })
    .join("");

/** The two streams as the commands use them: results on stdout, everything told along the way on stderr. */
export type Console = {
  /** The one JSON document of `--json`. */
  json(document: unknown): void;
  /** One event of `--events`. */
  event(event: unknown): void;
  /** A line of the result for people, on stdout. */
  print(...spans: Span[]): void;
  /** A line told along the way, on stderr. */
  say(...spans: Span[]): void;
  /** A line on stderr that the next one replaces; shown only where a terminal can do that. */
  status(...spans: Span[]): void;
};

export function createConsole({ stdout, stderr }: Pick<CliHost, "stdout" | "stderr">): Console {
  const outColours = hasColours(stdout);
  const errColours = hasColours(stderr);
  let statusShown = false;
  const clearStatus = () => {
    if (statusShown) stderr.write("\r\u001b[2K");
    statusShown = false;
  };
  return {
    json: (document) => void stdout.write(`${JSON.stringify(document, null, 2)}\n`),
    event: (event) => void stdout.write(`${JSON.stringify(event)}\n`),
    print(...spans) {
      clearStatus();
      stdout.write(`${render(spans, outColours)}\n`);
    },
    say(...spans) {
      clearStatus();
      stderr.write(`${render(spans, errColours)}\n`);
    },
    status(...spans) {
      if (!errColours) return;
      clearStatus();
      if (spans.length === 0) return;
      stderr.write(render(spans, false).slice(0, (stderr.columns ?? 80) - 1));
      statusShown = true;
    },
  };
}
