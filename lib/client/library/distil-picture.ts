import type { DistilBody } from "../../protocol/library.ts";
import type { RunDocument } from "../../protocol/run.ts";
import { type ImageValue, Value } from "../../protocol/values.ts";
import type { SheetServer } from "./sheet-server.ts";

/** A picture as far as writing a sheet from it goes. */
export type PictureWithThread = Pick<ImageValue, "asset"> & {
  turn?: { responseId: string } | undefined;
  label?: string | undefined;
};

/** What is asked of the server about a picture. */
export const distilBody = ({ asset, turn, label }: PictureWithThread, title?: string): DistilBody => ({
  asset,
  ...(turn ? { responseId: turn.responseId } : {}),
  ...(title || label ? { title: (title || label || "").slice(0, 120) } : {}),
});

/** How long until the run is looked at again (ms). */
const LOOK_MS = 700;
const RESTING = new Set(["succeeded", "failed", "cancelled", "paused", "waiting"]);

/** Has the sheet written and gives the id of its run, once it is done. Throws Error with a sentence when no sheet came of it. */
export async function distilPicture(
  server: Pick<SheetServer, "distil" | "run">,
  body: DistilBody,
  later: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<string> {
  const { runId } = await server.distil(body);
  for (;;) {
    const run = await server.run(runId);
    if (run.status === "succeeded" && sheetText(run) !== undefined) return runId;
    if (RESTING.has(run.status))
      throw new Error(run.error?.message ?? stepMessage(run) ?? `The run rests as ${run.status}. Open it to see why.`);
    await later(LOOK_MS);
  }
}

const stepMessage = ({ steps }: RunDocument): string | undefined => steps.find(({ error }) => error)?.error?.message;

/** The words of the sheet a run wrote. */
export function sheetText({ outputs }: Pick<RunDocument, "outputs">): string | undefined {
  for (const value of Object.values(outputs).flatMap((ports) => Object.values(ports).flat())) {
    const read = Value.safeParse(value);
    if (read.success && read.data.kind === "spec") return read.data.text;
  }
  return undefined;
}

/** The picture a run wrote its sheet from. */
export function sheetPicture({ outputs }: Pick<RunDocument, "outputs">): ImageValue | undefined {
  for (const value of Object.values(outputs).flatMap((ports) => Object.values(ports).flat()))
    if (value.kind === "image") return value;
  return undefined;
}

/** Where the draft of such a sheet is edited. */
export const draftPlace = (runId: string): string => `/sheets/new?run=${encodeURIComponent(runId)}`;
