import type { Invalid, Problem } from "#lib/protocol/problems.ts";
import type { Console, Span } from "./console.ts";

const place = (problem: Problem) =>
  [
    problem.node !== undefined && `node ${problem.node}`,
    problem.port !== undefined && `port ${problem.port}`,
    problem.field !== undefined && `field ${problem.field}`,
    problem.edge !== undefined && `edge ${problem.edge}`,
  ]
    .filter(Boolean)
    .join(", ");

/** One line per problem: level, where (node, port, field, edge), the reason, the stable code. */
export function problemLine(problem: Problem): Span[] {
  const where = place(problem);
  return [
    [problem.level === "error" ? "red" : "yellow", problem.level.padEnd(7)],
    " ",
    ["bold", where ? `${where}: ` : ""],
    problem.message,
    ["dim", ` (${problem.code})`],
  ];
}

/** Tells all problems on stderr, and as the document `{ status: "invalid", problems }` on stdout where `--json` asked for one. */
export function writeInvalid(console: Console, problems: Problem[], json: boolean): void {
  for (const problem of problems) console.say(...problemLine(problem));
  if (json) console.json({ status: "invalid", problems } satisfies Invalid);
}
