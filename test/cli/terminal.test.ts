import { expect, test } from "vitest";
import { createConsole, escapeForTerminal } from "#lib/cli/console.ts";
import { runCli, runDocument, runMethods } from "./fake-studio.ts";

const ESCAPE = "\u001b";

test("CLI-007 control characters, links and direction overrides are made visible", () => {
  expect(escapeForTerminal(`${ESCAPE}]8;;http://x${ESCAPE}\\a\u0007\u009b2J\u202eb\r\nc`)).toBe(
    "\\x1b]8;;http://x\\x1b\\a\\x07\\x9b2J\\u202eb\\x0d\\nc",
  );
  expect(escapeForTerminal("Grüße 你好 🙂 `code`")).toBe("Grüße 你好 🙂 `code`");
});

test("CLI-007 nothing that a graph or a run says reaches the terminal raw", async () => {
  const evil = `${ESCAPE}[2J${ESCAPE}]0;owned\u0007`;
  const run = runDocument({
    status: "failed",
    graphName: evil,
    error: { code: "x", message: evil },
    files: [evil],
    steps: [
      {
        nodeId: evil,
        pass: 0,
        state: "failed",
        cached: false,
        why: evil,
        calls: 1,
        costUsd: 1,
        items: [],
        error: { code: evil, message: evil },
      },
    ],
  });
  for (const args of [["show", "run_1"], ["show", evil], ["run", evil], [evil]]) {
    const { stdout, stderr } = await runCli(args, { studio: runMethods(run) });
    expect(stdout + stderr).not.toContain(ESCAPE);
    expect(stdout + stderr).not.toContain("\u0007");
  }
});

test("CLI-005 colours and rewriting lines appear only on a terminal that can show them", () => {
  const written = (terminal: object) => {
    let text = "";
    const stream = { write: (more: string) => (text += more), ...terminal };
    const console = createConsole({ stdout: stream, stderr: stream });
    console.say(["red", "failed"]);
    console.status("running a");
    console.print("done");
    return text;
  };
  expect(written({})).toBe("failed\ndone\n");
  expect(written({ isTTY: true, getColorDepth: () => 1 })).toBe("failed\ndone\n");
  expect(written({ isTTY: true, getColorDepth: () => 8 })).toContain(`${ESCAPE}[31mfailed`);
  expect(written({ isTTY: true, getColorDepth: () => 8 })).toContain(`running a\r${ESCAPE}[2Kdone`);
});
