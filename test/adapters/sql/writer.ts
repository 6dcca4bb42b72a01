import { openPostgresJournal } from "#lib/adapters/sql/postgres/open.ts";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { aCall, aGraph, aRun, aStep, skipped } from "#test/adapters/conformance/rows.ts";

/*
 * A worker for tests that need real processes: `writer.ts PLACE RUN ROUNDS DAY_CAP`; a place is a file or the address of a
 * database. Goes on with its run where it stands, and prints the
 * number of each round once everything of it is committed; `full` when the day's cap is reached; `end` when all rounds are done.
 */
const [place, runId, rounds, dayCap] = process.argv.slice(2) as [string, string, string, string];
const journal = await (place.startsWith("postgres:")
  ? openPostgresJournal({ url: place })
  : openSqliteJournal({ file: place }));
await journal.putGraph(aGraph("sneaker-hero"), "graph-hash");
if (!(await journal.getRun(runId))) await journal.createRun(aRun(runId)).catch(() => {});
// A lease of no length: the one after a kill need not wait.
const { epoch } = (await journal.claim(`writer:${process.pid}`, 0, runId))!;
const caps = { runMicro: null, dayMicro: Number(dayCap), dayStart: 0 };
const done = (await journal.steps(runId)).filter((step) => step.state === "done").length;

for (let n = done; n < Number(rounds); n += 1) {
  const nodeId = `n${n}`;
  const key = `${runId}/${n}#${epoch}`;
  await journal.write(runId, epoch, { steps: [aStep(nodeId)], events: [skipped(nodeId)] });
  const answer = await journal.reserve(runId, epoch, aCall(runId, key, { itemKey: `${runId}/${n}` }), caps, [
    skipped("reserved"),
  ]);
  if (answer !== "reserved") {
    process.stdout.write("full\n");
    break;
  }
  await journal.accept(runId, epoch, key, { responseId: `resp:${key}` }, [skipped("accepted")]);
  await journal.settle(key, epoch, { state: "completed", costMicro: 100_000, estimated: false }, [skipped("settled")]);
  await journal.write(runId, epoch, {
    steps: [aStep(nodeId, { state: "done", outputs: { text: [{ kind: "text", text: key }] } })],
    events: [skipped(nodeId), skipped(nodeId)],
  });
  process.stdout.write(`${n}\n`);
}
process.stdout.write("end\n");
await journal.close();
